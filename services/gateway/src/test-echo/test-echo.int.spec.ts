import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freeRange, machineHas } from '@yinglian/testing';
import { PageClient, writeHospitalFile } from '../testing/page-client.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';
import type { EchoOutcome } from './echo-outcome.js';

const PASSWORD = 'an invented pass phrase';

(machineHas('dcmtk') ? describe : describe.skip)('a test echo from the page to a device', () => {
  let folder: string;
  let gateway: TestGateway;
  let page: PageClient;
  let port: number;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-echo-'));
    port = await freeRange(4);
    const file = join(folder, 'hospital.json');
    const device = (aeTitle: string, place: number) => ({ aeTitle, host: '127.0.0.1', port: port + place });
    await writeHospitalFile(file, PASSWORD, {
      devices: [device('PACS', 0), device('OFF', 1), device('MUTE', 2), { aeTitle: 'NOWHERE' }],
    });
    gateway = await TestGateway.start({ HOSPITAL_FILE: file });
    page = new PageClient(gateway);
    await page.signIn('qin', PASSWORD);
  });
  afterAll(async () => {
    await gateway.stop();
    await rm(folder, { recursive: true });
  });

  const echo = async (aeTitle: string) =>
    (await page.ask('POST', `devices/${aeTitle}/echo`)).json() as Promise<EchoOutcome>;
  const scp = (options: readonly string[]) => {
    const child = spawn('storescp', [...options, '-od', folder, String(port)], { stdio: 'ignore' });
    return { stop: () => new Promise((ended) => child.once('exit', ended) && child.kill()) };
  };

  it('is answered by DCMTK, and says how long that took', async () => {
    const pacs = scp(['-aet', 'PACS']);
    try {
      await eventually('it answers', async () => (await echo('PACS')).result === 'answered');
      expect(await echo('PACS')).toEqual({ result: 'answered', ms: expect.any(Number), detail: null });
    } finally {
      await pacs.stop();
    }
  });

  it('says what to put right when it is rejected, when nothing listens, and when nobody answers', async () => {
    const refusing = scp(['--refuse']);
    try {
      await eventually('it rejects', async () => (await echo('PACS')).result === 'rejected');
    } finally {
      await refusing.stop();
    }
    expect(await echo('OFF')).toMatchObject({ result: 'unreachable', detail: expect.stringMatching('ECONNREFUSED') });
    const held: Socket[] = [];
    const mute = createServer((socket) => held.push(socket)).listen(port + 2, '127.0.0.1');
    expect(await echo('MUTE')).toMatchObject({ result: 'silent' });
    for (const socket of held) socket.destroy();
    await new Promise((closed) => mute.close(closed));
  });

  it('needs a device that is described, with its address', async () => {
    expect([await echo('NOWHERE'), await echo('STRANGER')]).toMatchObject([
      { code: 'DEVICE_WITHOUT_ADDRESS' },
      { code: 'DEVICE_NOT_FOUND' },
    ]);
  });
});
