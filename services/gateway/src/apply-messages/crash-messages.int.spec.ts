import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MllpClient } from '@yinglian/hl7';
import { runProgram } from '@yinglian/testing';
import { report, visit } from '../testing/sample-messages.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';

jest.setTimeout(120_000);

describe('a gateway that hears HIS', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start();
  });
  afterAll(() => gateway.stop());

  /** Visits that were told, each as often as it was. */
  const told = async () =>
    (await gateway.events()).flatMap(({ type, data }) =>
      type === 'encounter.recorded.v1' ? [String(data.encounterId)] : [],
    );

  it('and is killed again and again tells each acknowledged message once, also those that were sent again', async () => {
    const acknowledged = new Set<string>();
    const all = Array.from({ length: 400 }, (_, at) => `K${at}`);
    const messages = new Map(
      all.map((id) => [id, Buffer.from(visit('A04', { controlId: id, visit: id, patientId: id }))]),
    );
    for (let kill = 0; kill < 4; kill += 1) {
      const sender = await MllpClient.connect(gateway.hl7Port);
      const open = all.filter((id) => !acknowledged.has(id)).slice(0, 100);
      let heard = 0;
      await Promise.allSettled(
        open.map(async (id) => {
          await sender.send(messages.get(id) ?? Buffer.alloc(0));
          acknowledged.add(id);
          heard += 1;
          // Acknowledged ones are durable; hardly any is applied yet.
          if (heard === 20 + kill) void gateway.kill();
        }),
      );
      sender.close();
      await gateway.kill();
      await gateway.run();
    }
    expect(acknowledged.size).toBeGreaterThanOrEqual(80);
    const sender = await MllpClient.connect(gateway.hl7Port);
    await Promise.all(all.map((id) => sender.send(messages.get(id) ?? Buffer.alloc(0))));
    sender.close();
    await eventually('all are told', async () => new Set(await told()).size === all.length);
    expect((await told()).sort()).toEqual(all.sort());
  });

  it('and whose disk is full answers AE, keeps what it acknowledged, and goes on when there is room', async () => {
    const limit = (bytes: string) =>
      runProgram('prlimit', ['--pid', String(gateway.pid), `--fsize=${bytes}:unlimited`]);
    const sender = await MllpClient.connect(gateway.hl7Port);
    const send = async (id: string) => {
      const observations = Array.from({ length: 200 }, (_, at) => `OBX|${at}|TX|1^所见||${'长'.repeat(100)}`);
      const answer = await sender.send(
        Buffer.from(report(observations, { controlId: id, accession: id, placer: id, filler: id })),
      );
      return answer.toString().split('\r')[1]?.split('|')[1];
    };
    const codes: (string | undefined)[] = [];
    expect((await limit('1000000')).code).toBe(0);
    for (let at = 0; at < 60; at += 1) codes.push(await send(`F${at}`));
    expect(codes.at(-1)).toBe('AE');
    expect((await limit('unlimited')).code).toBe(0);
    await eventually('there is room again', async () => (await send('F60')) === 'AA');
    sender.close();
    const kept = codes.flatMap((code, at) => (code === 'AA' ? [`F${at}`] : []));
    const reports = async () =>
      (await gateway.events()).flatMap(({ type, data }) =>
        type === 'report.published.v1' ? [data.accessionNumber] : [],
      );
    await eventually('all that was kept is told', async () => (await reports()).includes('F60'));
    expect((await reports()).sort()).toEqual([...kept, 'F60'].sort());
  });
});
