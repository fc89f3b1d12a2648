import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MllpClient } from '@yinglian/hl7';
import type { GatewayStatus } from '../show-status/gateway-status.js';
import { PageClient, writeHospitalFile } from '../testing/page-client.js';
import { visit } from '../testing/sample-messages.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';
import type { ParkedMessages, RawMessage } from './parked-messages.js';

const PASSWORD = 'an invented pass phrase';

describe('parked messages on the page of a gateway', () => {
  let folder: string;
  let gateway: TestGateway;
  let page: PageClient;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-page-'));
    const file = join(folder, 'hospital.json');
    await writeHospitalFile(file, PASSWORD);
    gateway = await TestGateway.start({ HOSPITAL_FILE: file });
    page = new PageClient(gateway);
    await page.signIn('qin', PASSWORD);
    const sender = await MllpClient.connect(gateway.hl7Port);
    for (const controlId of ['1', '2']) await sender.send(Buffer.from(visit('A01', { controlId, patientId: '' })));
    sender.close();
    await eventually('both are parked', async () => (await status()).messages.parked === 2);
  });
  afterAll(async () => {
    await gateway.stop();
    await rm(folder, { recursive: true });
  });

  const status = async () => (await (await page.ask('GET', 'status')).json()) as GatewayStatus;
  const list = async () => (await (await page.ask('GET', 'parked-messages')).json()) as ParkedMessages;

  it('are listed with reason and place, without anything of a patient', async () => {
    const { messages, byReason } = await list();
    expect(byReason).toEqual([{ reason: 'PATIENT_ID_MISSING', messages: 2 }]);
    expect(messages.map(({ controlId, type, reason, place }) => [controlId, type, reason, place])).toEqual([
      ['1', 'ADT^A01', 'PATIENT_ID_MISSING', 'PID-3'],
      ['2', 'ADT^A01', 'PATIENT_ID_MISSING', 'PID-3'],
    ]);
    expect(JSON.stringify([messages, await status()])).not.toMatch('清秋');
  });

  it('are shown as they came to who asks for it, and the log has who did, not what they saw', async () => {
    const [first] = (await list()).messages;
    const looked = await page.ask('POST', `parked-messages/${first?.sequence}/look`);
    expect(looked.headers.get('cache-control')).toBe('no-store');
    expect((await looked.json()) as RawMessage).toEqual({
      text: expect.stringMatching(/^MSH\|.*\n(.*\n)*PID\|.*清秋/),
      isCut: false,
      charset: 'utf-8',
      isGuessed: expect.any(Boolean),
    });
    const looks = `"user":"qin","action":"message.look","target":"${first?.sequence}"`;
    await eventually('it is in the log', async () => gateway.output.includes(looks));
    expect(gateway.output).not.toMatch('清秋');
    expect((await page.ask('POST', 'parked-messages/999999/look')).status).toBe(404);
  });

  it('are replayed all of a reason, and park again while their cause is not mended', async () => {
    const replayed = await page.ask('POST', 'parked-messages/replay', { reason: 'PATIENT_ID_MISSING' });
    expect(await replayed.json()).toEqual({ replayed: 2 });
    await eventually('both are parked again', async () => (await list()).messages.length === 2);
  });

  it('are discarded once, with a reason', async () => {
    const [first] = (await list()).messages;
    const discard = (reason: string) => page.ask('POST', `parked-messages/${first?.sequence}/discard`, { reason });
    expect((await discard(' ')).status).toBe(400);
    expect((await discard('测试消息，重复发送')).status).toBe(204);
    expect((await discard('测试消息，重复发送')).status).toBe(404);
    expect((await status()).messages.parked).toBe(1);
  });
});
