/** The forms that ask for an address, each with the version of its wording: what a confirmation is proof of. */
export type FormVersion = "front-page-1" | "subscribe-page-1" | "search-page-1";

export type Confirmation = { status: "confirmed" | "already-confirmed" | "expired" | "unknown" };

export type Unsubscription = { status: "unsubscribed" | "already-unsubscribed" | "unknown" };
