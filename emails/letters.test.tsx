import { render } from "react-email";
import { expect, test } from "vitest";
import { ConfirmSubscription, confirmSubscriptionText } from "#emails/confirm-subscription.tsx";
import { Digest } from "#emails/digest.tsx";
import { SignIn, signInText } from "#emails/sign-in.tsx";

const mails = {
  "confirm-subscription": await render(<ConfirmSubscription {...ConfirmSubscription.PreviewProps} />),
  "sign-in": await render(<SignIn {...SignIn.PreviewProps} />),
  digest: await render(<Digest {...Digest.PreviewProps} />),
};

function linksOf(text: string): string[] {
  return [...new Set(text.match(/https?:\/\/[^\s"'<>)]+/g))].filter((link) => !link.includes("w3.org"));
}

test.each(Object.entries(mails))("%s loads nothing, knows dark mode, and has a line for the mailbox", (_, html) => {
  expect(html).not.toMatch(/<(img|script|iframe|link|video)\b|url\(|@import|@font-face/i);
  expect(html).toContain('<meta name="color-scheme" content="light dark"/>');
  expect(html).toContain("prefers-color-scheme:dark");
  expect(html.replace(/[\s\S]*<body/, "").replace(/<[^>]*>/g, "")).toMatch(/One press and|Your link to|Also today/);
});

test.each([
  ["confirm-subscription", confirmSubscriptionText(ConfirmSubscription.PreviewProps)],
  ["sign-in", signInText(SignIn.PreviewProps)],
] as const)("the text of %s has the links of its HTML and says until when they work", (name, text) => {
  expect(linksOf(text)).toEqual(linksOf(mails[name]));
  expect(text).toMatch(/works until 3 May|for 10 minutes/);
  expect(text).toContain("If it was not you");
});

test("a digest is the edition in its order, each paper with its reason, and the way out of it", () => {
  const text = mails.digest.replace(/<!--.*?-->/g, "").replace(/<[^>]+>/g, "");
  const order = [
    "Thursday, 20 August 2026",
    "On Slow Reading",
    "42 upvotes",
    "Margins and Memory",
    "7 upvotes",
    "And 12 more",
  ];
  const places = order.map((words) => text.lastIndexOf(words));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(mails.digest).toContain('href="https://example.org/unsubscribe/abc"');
  expect(mails.digest).toContain('href="https://example.org/digest/2026-08-20"');
});

test("a hostile title is words, not markup", async () => {
  const [paper] = Digest.PreviewProps.papers;
  const papers = paper ? [{ ...paper, title: '<script>alert(1)</script> & "quotes"' }] : [];
  const html = await render(<Digest {...Digest.PreviewProps} papers={papers} />);
  expect(html).not.toContain("<script>");
  expect(html).toContain("&lt;script&gt;");
});
