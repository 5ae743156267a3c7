import { PageFrame } from "#components/ui/page-frame.tsx";
import { routes } from "#lib/platform/routes.ts";

type Props = { subject: string; to: string; text: string; html: string; headers: { name: string; value: string }[] };

/** One kept mail: its text with the links to follow, its HTML as a mail program shows it, and its headers. */
export function KeptLetter({ subject, to, text, html, headers }: Props) {
  return (
    <PageFrame title={subject}>
      <p className="text-muted font-sans text-sm">
        to {to} · <a href={routes.outbox()}>all mail</a>
      </p>
      <section aria-label="Text" className="bg-raised p-4 font-sans text-base wrap-anywhere whitespace-pre-wrap">
        <LinkedText text={text} />
      </section>
      {html && (
        // No script runs in it and nothing is loaded; a link leaves it only when it is pressed.
        <iframe
          title="HTML"
          sandbox="allow-top-navigation-by-user-activation"
          srcDoc={html.replaceAll("<a ", '<a target="_top" ')}
          className="border-rule h-[36rem] w-full border"
        />
      )}
      <details>
        <summary>Headers</summary>
        <dl className="mt-2 grid gap-1 font-sans text-sm wrap-anywhere">
          {headers.map(({ name, value }) => (
            <div key={name}>
              <dt className="inline font-semibold">{name}: </dt>
              <dd className="inline">{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </PageFrame>
  );
}

function LinkedText({ text }: { text: string }) {
  let end = 0;
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part) => {
    end += part.length;
    return /^https?:/.test(part) ? (
      <a key={end} href={part}>
        {part}
      </a>
    ) : (
      part
    );
  });
}
