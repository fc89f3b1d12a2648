import { MllpClient } from '@yinglian/hl7';

/** Sends messages one after the other, as HIS does; resolves to the number that was not accepted. */
export async function sendMessages(host: string, port: number, messages: readonly Buffer[]): Promise<number> {
  let refused = 0;
  const sender = await MllpClient.connect(port, host);
  try {
    for (const message of messages) {
      const answer = (await sender.send(message)).toString('latin1');
      if (!/\rMSA\|AA/.test(answer)) refused += 1;
    }
  } finally {
    sender.close();
  }
  return refused;
}
