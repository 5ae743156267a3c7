/** How long a mailed link works. */
export const linkMinutes = 10;

/** How long somebody stays signed in, whatever they do: after that a new link is mailed. */
export const sessionSeconds = 60 * 24 * 60 * 60;

/** How long a browser that asked for a link is known again: longer than a link works, for letters that come late. */
export const markSeconds = 60 * 60;
