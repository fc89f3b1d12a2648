import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CtSeries, ctSeries, fileOf, multipart } from '@yinglian/testing';
import type { GatewayStatus } from '../show-status/gateway-status.js';
import { PageClient, writeHospitalFile } from '../testing/page-client.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const PASSWORD = 'an invented pass phrase';
const CLOSED = [{ from: '00:00', to: '24:00', megabitsPerSecond: 0 }];

describe('a refused pack that is to be uploaded again', () => {
  let folder: string;
  let gateway: TestGateway;
  let page: PageClient;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-hospital-'));
    await windowsAre([]);
    gateway = await TestGateway.start({ HOSPITAL_FILE: join(folder, 'hospital.json') });
    page = new PageClient(gateway);
    await page.signIn('qin', PASSWORD);
  });
  afterAll(async () => {
    await gateway.stop();
    await rm(folder, { recursive: true });
  });

  const windowsAre = (windows: object[]) =>
    writeHospitalFile(join(folder, 'hospital.json'), PASSWORD, { upload: { windows } });
  const status = async () => (await (await page.ask('GET', 'status')).json()) as GatewayStatus;
  /** Writing the hospital's file anew ends the session. */
  const linkIs = (state: string) =>
    eventually(`the link is ${state}`, async () => {
      await page.signIn('qin', PASSWORD);
      return (await status()).links[0]?.state === state;
    });
  const send = async ({ slices }: CtSeries) =>
    expect((await gateway.stow(multipart(slices.map(fileOf)))).status).toBe(200);
  const arrived = async () => (await gateway.province.instances()).map(({ manifest }) => manifest.seriesInstanceUid);

  it('waits for its link’s window like every other, over a restart too, and goes over that link', async () => {
    const series = ctSeries(1);
    gateway.province.registryAnswers = [{ status: 422, code: 'PACK_MALFORMED' }];
    await send(series);
    await eventually('it is refused', async () => (await status()).refusedPacks.total === 1);
    gateway.province.registryAnswers = [];
    await windowsAre(CLOSED);
    await linkIs('closed');
    const [pack] = (await status()).refusedPacks.packs;
    const retry = async () => (await page.ask('POST', `refused-packs/${pack?.digest}/retry`)).status;
    expect([await retry(), await retry()]).toEqual([202, 202]);
    expect((await status()).queue.packs).toBe(1);
    await gateway.kill();
    await gateway.run();
    await page.signIn('qin', PASSWORD);
    const { queue, refusedPacks, links } = await status();
    expect([queue.packs, refusedPacks.packs, await arrived()]).toEqual([1, [{ ...pack, isWaiting: true }], []]);
    await windowsAre([]);
    await linkIs('up');
    await eventually('nothing is kept', async () => (await status()).refusedPacks.total === 0);
    expect(await arrived()).toEqual([series.seriesInstanceUid]);
    const [before, after] = [links, (await status()).links].map(([link]) => link?.bytesToday ?? 0);
    expect((after ?? 0) - (before ?? 0)).toBe(pack?.sizeBytes);
  });
});
