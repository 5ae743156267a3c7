const base = "https://this-site.invalid";

/**
 * Where to go after signing in or voting: `next` if it is a path of this site, else `fallback`. Browsers drop tabs and
 * newlines from addresses and read a backslash as a slash, servers decode `%2f`: a path that is another site's address
 * in any of these readings is refused.
 */
export function safeNextPath(next: unknown, fallback = "/"): string {
  if (typeof next !== "string" || next.length > 500 || !staysHere(next)) return fallback;
  const url = URL.parse(next, base);
  if (url?.origin !== base || !staysHere(url.pathname) || !staysHere(decoded(url.pathname))) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}

function staysHere(path: string): boolean {
  return path.startsWith("/") && !path.startsWith("//") && !/[\p{Cc}\\]/u.test(path);
}

/** Empty, which is no path, when the escapes are broken. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}
