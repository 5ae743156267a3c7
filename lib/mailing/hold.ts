/** What to do about mail that is held. */
export const heldSentence =
  "Mail is held: this database is a copy, or the site's address has changed. If this is the one site that should mail its subscribers, say so once: npm run mail -- allow";

/** Holds the mail of a restored copy: a statement for the transaction that restores it. */
export const holdMail = `INSERT INTO mail_home (id, place, since) VALUES (1, 'restored', now())
  ON CONFLICT (id) DO UPDATE SET place = 'restored', since = now()`;
