import { MllpClient } from '@yinglian/hl7';
import type { Figure } from '../figure.js';
import { startLoneGateway } from '../peers/lone-gateway.js';
import { median, secondsOf } from '../statistics.js';

const MESSAGES = 1_000;
const ROUNDS = 5;

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
 * before its next message, as HIS do. The gateway stands alone, as it does in a hospital: what the province makes of the events
 * is not its work.
 */
const figure = (connections: number): Figure => ({
  name: `mllp.${connections}`,
  unit: 'messages/s',
  async measure() {
    const gateway = await startLoneGateway();
    try {
      const rates: number[] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const rate = MESSAGES / (await secondsOf(() => sendAll(gateway.hl7Port, connections, round)));
        if (round > 0) rates.push(rate);
      }
      const note = `${MESSAGES} orders of half a kilobyte, every acknowledgement checked; median of ${ROUNDS} rounds`;
      return { ours: median(rates), atLeast: 500, note };
    } finally {
      await gateway.stop();
    }
  },
});

async function sendAll(port: number, connections: number, round: number): Promise<void> {
  await Promise.all(
    Array.from({ length: connections }, async (_, index) => {
      const sender = await MllpClient.connect(port);
      for (let at = index; at < MESSAGES; at += connections) await sendOne(sender, `${round}-${at}`);
      sender.close();
    }),
  );
}

async function sendOne(sender: MllpClient, id: string): Promise<void> {
  const answer = (await sender.send(orderOf(id))).toString();
  if (!answer.includes(`\rMSA|AA|${id}\r`)) throw new Error(`The answer to ${id} is ${answer}`);
}

export const mllpFigures: readonly Figure[] = [figure(1), figure(8)];
