import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { GET as getMe } from "#app/api/me/route.ts";
import { POST as postVote } from "#app/api/vote/[...id]/route.ts";
import { newBrowserMark } from "#lib/accounts/asking-browser.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import { db } from "#lib/platform/db.ts";
import { closeRateLimits } from "#lib/platform/rate-limit.ts";
import { carrying, signIn } from "#tests/signing-in.ts";

const site = "http://localhost:3000";
const paper = paperId("hep-th/9901001");
let reader = new Headers();

beforeAll(async () => {
  await db.paper.create({ data: { id: paper, title: "On old reading", abstract: "", authors: [], categories: [] } });
  reader = carrying(await signIn({ email: "ada@example.org", mark: newBrowserMark() }));
});

beforeEach(async () => {
  await db.upvote.deleteMany();
});

afterAll(async () => {
  await closeRateLimits();
  await db.$disconnect();
});

test("signed out, a vote leads through signing in to the small page, and from there back to where it was cast", async () => {
  const answer = await vote({ headers: { referer: `${site}/papers/date/2026-08-20?page=2` } });
  expect(answer.status).toBe(303);
  const signIn = new URL(answer.headers.get("location") ?? "", site);
  expect(signIn.pathname).toBe("/sign-in");
  const small = new URL(signIn.searchParams.get("next") ?? "", site);
  expect(small.pathname).toBe("/vote/hep-th/9901001");
  expect(small.searchParams.get("next")).toBe("/papers/date/2026-08-20?page=2");
  expect(await db.upvote.count()).toBe(0);
});

test("without a wish nothing is voted: the page is the same for everybody and cannot know which button was right", async () => {
  const answer = await vote({ headers: reader });
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe("/vote/hep-th/9901001?next=%2Fpapers%2Fhep-th%2F9901001");
  expect(await db.upvote.count()).toBe(0);
});

test("with a wish the vote is cast, or taken back, and leads on", async () => {
  const cast = await vote({ headers: reader, form: { want: "up", next: "/papers/trending" } });
  expect([cast.status, cast.headers.get("location")]).toEqual([303, "/papers/trending"]);
  expect(await db.upvote.count()).toBe(1);
  await vote({ headers: reader, form: { want: "none" } });
  expect(await db.upvote.count()).toBe(0);
});

test("to a program the outcome is said in JSON, and that it must sign in with 401", async () => {
  const json = { accept: "application/json" };
  const up = await vote({ headers: { ...Object.fromEntries(reader), ...json }, form: { want: "up" } });
  expect(await up.json()).toEqual({ upvoted: true, ours: 1 });
  expect(up.headers.get("cache-control")).toBe("no-store");
  const me = await getMe(new Request(`${site}/api/me?papers=2608.00001,${paper}`, { headers: reader }));
  expect(me.headers.get("cache-control")).toBe("no-store");
  expect(await me.json()).toEqual({ signedIn: true, email: "ada@example.org", upvoted: [paper], ours: { [paper]: 1 } });

  const stranger = await vote({ headers: json, form: { want: "up" } });
  expect(stranger.status).toBe(401);
  expect(stranger.headers.get("content-type")).toBe("application/problem+json");
  expect((await stranger.json()).detail).toMatch(/Sign in/);
  expect(await (await getMe(new Request(`${site}/api/me?papers=${paper}`))).json()).toEqual({
    signedIn: false,
    upvoted: [],
    ours: {},
  });
});

test("what is no paper's id is not looked for", async () => {
  const answer = await getMe(new Request(`${site}/api/me?papers=%00,nonsense,${paper}`, { headers: reader }));
  expect(await answer.json()).toMatchObject({ signedIn: true, upvoted: [] });
});

test.each([["//evil.example"], ["https://evil.example/"], ["/\\evil.example"], ["javascript:alert(1)"]])(
  "next=%s does not lead away",
  async (next) => {
    const cast = await vote({ headers: reader, form: { want: "up", next } });
    expect(cast.headers.get("location")).toBe("/papers/hep-th/9901001");
    const stranger = await vote({ headers: { referer: "https://evil.example//evil.example/x" } });
    expect(stranger.headers.get("location")).toBe(
      "/sign-in?next=%2Fvote%2Fhep-th%2F9901001%3Fnext%3D%252Fpapers%252Fhep-th%252F9901001",
    );
  },
);

test.each([
  ["an id that is none", "nonsense", { want: "up" }, 404],
  ["a paper that we do not have", "2608.99999", { want: "up" }, 404],
  ["a wish that is none", paper, { want: "twice" }, 303],
  ["a body that is no form", paper, "{", 303],
])("%s is refused or led to the small page, and votes nothing", async (_, id, form, status) => {
  const answer = await vote({ headers: { ...Object.fromEntries(reader), accept: "text/html" }, id, form });
  expect(answer.status).toBe(status);
  if (status === 404) expect(await answer.text()).toMatch(/<p>We have no paper with that id/);
  expect(await db.upvote.count()).toBe(0);
});

test("after six hundred votes in an hour the next is asked to wait", async () => {
  await db.rateLimit.updateMany({ where: { key: { startsWith: "votes:" } }, data: { points: 600 } });
  const answer = await vote({ headers: { ...Object.fromEntries(reader), accept: "text/html" }, form: { want: "up" } });
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await answer.text()).toMatch(/Try again later/);
  expect(await db.upvote.count()).toBe(0);
});

type Vote = { headers: HeadersInit; id?: string; form?: Record<string, string> | string };

function vote({ headers, id = paper, form = {} }: Vote): Promise<Response> {
  const body = typeof form === "string" ? form : new URLSearchParams(form);
  const request = new Request(`${site}/api/vote/${id}`, { method: "POST", headers, body });
  return postVote(request, { params: Promise.resolve({ id: id.split("/") }) });
}
