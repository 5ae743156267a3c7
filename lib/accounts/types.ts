/** Who is signed in. */
export type SignedIn = { id: string; email: string };

/** What a mailed sign-in link is worth at this moment. `sameBrowser`: opened in the browser that asked for it. */
export type SignInLink =
  | { status: "ready"; email: string; sameBrowser: boolean }
  | { status: "expired" }
  /** Used already, or never made by us. */
  | { status: "unknown" };

/** A cookie to set, in the words of RFC 6265. `maxAge` in seconds. */
export type NewCookie = { name: string; value: string; maxAge: number };

export type Redemption =
  | { status: "signed-in"; next: string; cookie: NewCookie }
  /** Another browser than the asking one, and not (yet) the number that the asking one shows. */
  | { status: "wrong-code" }
  | { status: "expired" }
  | { status: "unknown" };
