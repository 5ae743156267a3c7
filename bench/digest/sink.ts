// An SMTP server that accepts everything and keeps nothing but counts, in a process of its own: the measured one must not pay for it.
// Says its port, and what it has counted when it is asked; begins anew after each answer.
import { type AddressInfo, createServer, type Socket } from "node:net";

const END = Buffer.from("\r\n.\r\n");

let mails = 0;
let bytes = 0;
const readers = new Set<string>();

const server = createServer((socket) => converse(socket.setNoDelay(true)));
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on("message", () => {
  process.send?.({ mails, bytes, readers: readers.size });
  mails = 0;
  bytes = 0;
  readers.clear();
});
process.on("disconnect", () => process.exit());

function converse(socket: Socket): void {
  let line = "";
  let isData = false;
  // The last bytes of what came: the end of a mail may come in two pieces.
  let tail = Buffer.alloc(0);
  socket.on("error", () => undefined);
  socket.write("220 sink ESMTP\r\n");
  socket.on("data", (chunk: Buffer) => {
    if (isData) return takeData(chunk);
    line += chunk.toString("latin1");
    for (let end = line.indexOf("\r\n"); end >= 0 && !isData; end = line.indexOf("\r\n")) {
      const command = line.slice(0, end);
      line = line.slice(end + 2);
      answer(command);
    }
  });

  function answer(command: string): void {
    const verb = command.slice(0, 4).toUpperCase();
    if (verb === "RCPT") readers.add(command.slice(8));
    if (verb === "DATA") isData = true;
    const said: Record<string, string> = { EHLO: "250-sink\r\n250 8BITMIME", DATA: "354 go on", QUIT: "221 bye" };
    socket.write(`${said[verb] ?? "250 well"}\r\n`);
    if (verb === "QUIT") socket.end();
  }

  function takeData(chunk: Buffer): void {
    bytes += chunk.length;
    tail = Buffer.concat([tail, chunk.subarray(-END.length)]).subarray(-END.length);
    if (!tail.equals(END)) return;
    isData = false;
    tail = Buffer.alloc(0);
    mails += 1;
    socket.write("250 taken\r\n");
  }
}
