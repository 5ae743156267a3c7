import { routes } from "#lib/platform/routes.ts";

/** On a site without a mail server: where the letter lies that somebody has just asked for. */
export function KeptMailNote({ open }: { open: boolean }) {
  return (
    <p>
      This site has no mail server.{" "}
      {open ? (
        <>
          The letter is kept <a href={routes.outbox()}>in the outbox</a>.
        </>
      ) : (
        "The letter is kept on its machine: ask whoever runs it."
      )}
    </p>
  );
}
