import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from "smtp-server";

/** A moment of the conversation. `data`: the bytes are arriving. `dot`: the mail has been accepted and kept, the 250 not yet said. */
export type Moment = { at: "connect" | "mail" | "rcpt" | "data" | "dot"; recipient: string };

/** A number is said as the reply; at the dot it means that the mail was not kept. `silence`: no answer ever. */
export type Whim = number | "drop" | "silence" | undefined;

type ReceivedMail = {
  from: string;
  to: string[];
  raw: Buffer;
  messageId: string;
  secure: boolean;
  user: string;
};

export type SmtpSink = {
  url: string;
  mails: ReceivedMail[];
  /** How many connections were opened. */
  connections: () => number;
  /** How many copies of each Message-ID were accepted. */
  copies: () => Map<string, number>;
  stop: () => Promise<void>;
};

/** A real SMTP server that keeps what it accepts, and fails where the script says so. */
export async function startSmtpSink({
  script = () => undefined,
  options = {},
}: {
  script?: (moment: Moment) => Whim;
  options?: SMTPServerOptions;
} = {}): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  let connections = 0;
  const drop = (session: SMTPServerSession) => {
    for (const connection of server.connections) if (connection.session.id === session.id) connection._socket.destroy();
  };
  type Answer = (error?: Error | null) => void;
  const follow = (whim: Whim, recipient: string, session: SMTPServerSession, answer: Answer) => {
    if (whim === "drop") drop(session);
    else if (whim === undefined) answer();
    else if (whim !== "silence")
      answer(Object.assign(new Error(`scripted for <${recipient}>`), { responseCode: whim }));
  };
  const act = (moment: Moment, session: SMTPServerSession, answer: Answer) =>
    follow(script(moment), moment.recipient, session, answer);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    ...options,
    onConnect(session, answer) {
      connections++;
      act({ at: "connect", recipient: "" }, session, answer);
    },
    onMailFrom: (_, session, answer) => act({ at: "mail", recipient: "" }, session, answer),
    onRcptTo: ({ address }, session, answer) => act({ at: "rcpt", recipient: address }, session, answer),
    onData(stream, session, answer) {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      const recipient = to[0] ?? "";
      const chunks: Buffer[] = [];
      const whim = script({ at: "data", recipient });
      stream.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        if (whim === "drop") drop(session);
      });
      stream.on("end", () => {
        const raw = Buffer.concat(chunks);
        const messageId = /^Message-ID:\s*(\S+)/im.exec(raw.toString("latin1"))?.[1] ?? "";
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : "";
        const last = script({ at: "dot", recipient });
        if (typeof last !== "number") {
          mails.push({ from, to, raw, messageId, secure: session.secure, user: String(session.user ?? "") });
        }
        follow(last, recipient, session, answer);
      });
    },
  });
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `${options.secure ? "smtps" : "smtp"}://127.0.0.1:${port}`,
    mails,
    connections: () => connections,
    copies: () =>
      Map.groupBy(mails, ({ messageId }) => messageId)
        .entries()
        .reduce((counts, [id, group]) => counts.set(id, group.length), new Map<string, number>()),
    stop: () => new Promise((stopped) => server.close(() => stopped())),
  };
}
