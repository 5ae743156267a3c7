import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { countDeliveries } from "#lib/digest/queries.ts";
import { endAll } from "#lib/platform/front/shutdown.ts";
import type { Mailer } from "#lib/platform/mailer.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";
import { openMailRoom, period, readers } from "#tests/mail-room.ts";

const room = openMailRoom();

test("a process that is told to end finishes the mails under way, begins no other, and leaves none uncertain", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(readers(60));
  const slow: Mailer = {
    ...room.mailer,
    async handOver(mail) {
      const beforeDot = async () => {
        const goes = await mail.beforeDot();
        await wait(40); // the moment in which a process must not go
        return goes;
      };
      return room.mailer.handOver({ ...mail, beforeDot });
    },
  };
  const sweep = room.sweep({ by: slow });
  await expect.poll(() => room.sink.mails.length, { interval: 5, timeout: 120_000 }).toBeGreaterThan(3);
  expect(await endAll()).toEqual([]);
  const atTheEnd = room.sink.mails.length;

  expect(atTheEnd).toBeLessThan(30);
  expect(await sweep).toMatchObject({ accepted: atTheEnd, unknown: 0 });
  expect(await countDeliveries(period)).toMatchObject({ sent: atTheEnd, uncertain: 0 });
  expect(await room.sweep(), "and a sweep that begins now takes nothing").toMatchObject({ accepted: 0 });
});
