import { MllpClient } from '@yinglian/hl7';
import type { Figure } from '../figure.js';
import { secondsOf } from '../statistics.js';

const MESSAGES = 1_000;
const ROUNDS = 3;

/** An order as HIS writes it; each is of another patient. */
const orderOf = (id: string): Buffer =>
  Buffer.from(
    [
      `MSH|^~\\&|HIS|BENCH|GW|P|20261124101500||ORM^O01|${id}|P|2.4|||||CHN|UNICODE UTF-8`,
      `PID|1||B${id}||测^试||19700101|M`,
      'PV1|1|O|RAD||||||||||||||||V1',
      `ORC|NW|S${id}||||||||||||||RAD`,
      `OBR|1|S${id}||CT0102^胸部CT平扫||||||||||||||A${id}`,
      '',
    ].join('\r'),
  );

/**
 * Orders that are acknowledged per second, each durable before its ACK and applied meanwhile. A sender waits for each ACK
 * before its next message, as HIS do.
 */
const figure = (connections: number): Figure => ({
  name: `mllp.${connections}`,
  unit: 'messages/s',
  async measure({ province }) {
    const rates: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const senders = await Promise.all(
        Array.from({ length: connections }, () => MllpClient.connect(province.hl7Port)),
      );
      const run = `${connections}-${round}-${Date.now().toString(36)}`;
      const seconds = await secondsOf(async () => {
        await Promise.all(
          senders.map(async (sender, index) => {
            for (let at = index; at < MESSAGES; at += connections) await sendOne(sender, `${run}-${at}`);
          }),
        );
      });
      for (const sender of senders) sender.close();
      if (round > 0) rates.push(MESSAGES / seconds);
    }
    return {
      ours: rates.sort((one, other) => one - other)[Math.floor(rates.length / 2)] ?? 0,
      atLeast: 500,
      note: `${MESSAGES} orders of half a kilobyte, every acknowledgement checked; median of ${ROUNDS} rounds`,
    };
  },
});

async function sendOne(sender: MllpClient, id: string): Promise<void> {
  const answer = (await sender.send(orderOf(id))).toString();
  if (!answer.includes(`\rMSA|AA|${id}\r`)) throw new Error(`The answer to ${id} is ${answer}`);
}

export const mllpFigures: readonly Figure[] = [figure(1), figure(8)];
