import { createSocket } from "node:dgram";
import { once } from "node:events";

/** What a zone holds: by name and type. A name that is missing does not exist; `refused` is said for it instead. */
export type Zone = Record<string, { TXT?: string[]; MX?: string[]; A?: string[]; PTR?: string[]; refused?: true }>;

const types = { 1: "A", 12: "PTR", 15: "MX", 16: "TXT" } as const;

/** A real name server on UDP (RFC 1035) for one zone that a test may change. */
export async function startDnsServer(zone: Zone): Promise<{ address: string; stop: () => Promise<void> }> {
  const socket = createSocket("udp4");
  socket.on("message", (question, from) => socket.send(answer(question, zone), from.port, from.address));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    stop: () => new Promise((stopped) => socket.close(() => stopped())),
  };
}

function answer(question: Buffer, zone: Zone): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const asked = question.subarray(12, at + 5);
  const type = types[question.readUInt16BE(at + 1) as keyof typeof types];
  const known = zone[labels.join(".").toLowerCase()];
  const records = (type && known?.[type]) ?? [];
  const head = Buffer.alloc(12);
  question.copy(head, 0, 0, 2);
  head.writeUInt16BE(0x8180 | (known?.refused ? 5 : known ? 0 : 3), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(records.length, 6);
  return Buffer.concat([head, asked, ...records.map((text) => record(question.readUInt16BE(at + 1), text))]);
}

function record(type: number, text: string): Buffer {
  const data = dataOf(type, text);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0); // the name that was asked for
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function dataOf(type: number, text: string): Buffer {
  if (type === 1) return Buffer.from(text.split(".").map(Number));
  if (type === 12) return nameOf(text);
  if (type === 15) return Buffer.concat([Buffer.from([0, 10]), nameOf(text)]);
  const pieces = text.match(/.{1,255}/gs) ?? [];
  return Buffer.concat(pieces.map((piece) => Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece)])));
}

function nameOf(name: string): Buffer {
  const labels = name.split(".").filter(Boolean);
  return Buffer.concat([
    ...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);
}
