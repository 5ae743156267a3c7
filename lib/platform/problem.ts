/** An error that a program can read (RFC 9457). `detail` says what to do next. */
export function problem(status: number, title: string, detail: string): Response {
  return Response.json(
    { type: "about:blank", title, status, detail },
    { status, headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store" } },
  );
}

/** What cannot be answered yet, and can in a few seconds. */
export function problemSoon(title: string, detail: string): Response {
  const answer = problem(503, title, detail);
  answer.headers.set("Retry-After", "5");
  return answer;
}
