import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CtSeries, ctSeries, fileOf, machineHas } from '@yinglian/testing';
import { PageClient, writeHospitalFile } from '../testing/page-client.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';
import type { GatewayStatus } from './gateway-status.js';

const PASSWORD = 'an invented pass phrase';
const SCANNER = { aeTitle: 'STORESCU', name: '急诊 CT', host: '127.0.0.1', port: 104 };

(machineHas('dcmtk') ? describe : describe.skip)('what the page of a gateway is told', () => {
  let folder: string;
  let gateway: TestGateway;
  let page: PageClient;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-page-'));
    const file = join(folder, 'hospital.json');
    await writeHospitalFile(file, PASSWORD, { devices: [SCANNER] });
    gateway = await TestGateway.start({ HOSPITAL_FILE: file });
    page = new PageClient(gateway);
    await page.signIn('qin', PASSWORD);
  });
  afterAll(async () => {
    await gateway.stop();
    await rm(folder, { recursive: true });
  });

  const status = async () => (await (await page.ask('GET', 'status')).json()) as GatewayStatus;
  const send = async (series: CtSeries) => {
    const paths = series.slices.map(({ sopInstanceUid }) => join(folder, `${sopInstanceUid}.dcm`));
    await Promise.all(series.slices.map((slice, place) => writeFile(paths[place] ?? '', fileOf(slice))));
    return gateway.storescu(paths);
  };

  /** What storage commitment would be told of the first instance. */
  const fateOf = ({ slices }: CtSeries) => {
    const ledger = new DatabaseSync(join(gateway.folder, 'ledger.sqlite'), { readOnly: true });
    const fate = ledger
      .prepare('SELECT fate FROM instance_fates WHERE sop_instance_uid = ?')
      .get(slices[0]?.sopInstanceUid ?? '');
    ledger.close();
    return fate;
  };

  it('begins with the hospital and its devices, and nothing that waits', async () => {
    const { hospital, alarms, arriving, queue, devices, refusedPacks } = await status();
    expect({ hospital, alarms, arriving, queue, refusedPacks }).toEqual({
      hospital: { code: 'H001', name: '省立医院', aeTitle: 'H001GW' },
      alarms: [],
      arriving: { total: 0, studies: [] },
      queue: { studies: 0, instances: 0, bytes: 0, packs: 0, oldestAt: null, hasRoom: true },
      refusedPacks: { total: 0, packs: [] },
    });
    expect(devices.map(({ aeTitle, name, address, isListed }) => [aeTitle, name, address, isListed])).toEqual([
      ['DCMSEND', null, null, true],
      ['ECHOSCU', null, null, true],
      ['PYNETDICOM', null, null, true],
      ['STORESCU', '急诊 CT', '127.0.0.1:104', true],
    ]);
  });

  it('has a study while the province is slow, without anything of the patient, and loses it when it is there', async () => {
    gateway.province.isSlow = true;
    const series = ctSeries(3);
    await send(series);
    const { arriving, queue, devices } = await status();
    expect(arriving).toEqual({
      total: 1,
      studies: [
        {
          accessionNumber: expect.any(String),
          modality: 'CT',
          from: ['STORESCU'],
          firstAt: expect.stringMatching(/Z$/),
          lastAt: expect.stringMatching(/Z$/),
          instances: 3,
          waitingInstances: 3,
          bytes: expect.any(Number),
          isOpen: false,
        },
      ],
    });
    expect(queue).toMatchObject({ studies: 1, instances: 3, hasRoom: true, oldestAt: arriving.studies[0]?.firstAt });
    expect(queue.bytes).toBeGreaterThan(series.slices.reduce((sum, slice) => sum + slice.dataSet.length, 0));
    expect(devices[0]).toMatchObject({ aeTitle: 'STORESCU', images: 3, openAssociations: 0, lastEchoAt: null });
    gateway.province.isSlow = false;
    await eventually('nothing waits', async () => {
      const now = await status();
      return now.arriving.total === 0 && now.queue.instances === 0;
    });
  });

  it('keeps what the registry refused until somebody uploads it again, and records who did', async () => {
    gateway.province.registryAnswers = [{ status: 422, code: 'PACK_MALFORMED' }];
    const series = ctSeries(1);
    await send(series);
    await eventually('a pack is refused', async () => (await status()).refusedPacks.total === 1);
    const [pack] = (await status()).refusedPacks.packs;
    const retry = () => page.ask('POST', `refused-packs/${pack?.digest}/retry`);
    expect((await retry()).status).toBe(202);
    const refusedAgain = async () => {
      const [now] = (await status()).refusedPacks.packs;
      return now?.isWaiting === false && now.refusedAt !== pack?.refusedAt;
    };
    await eventually('it is refused again', refusedAgain);
    expect((await status()).refusedPacks.packs).toEqual([{ ...pack, refusedAt: expect.any(String) }]);
    expect(fateOf(series)).toEqual({ fate: 'refused' });
    gateway.province.registryAnswers = [];
    expect((await retry()).status).toBe(202);
    await eventually('nothing is refused', async () => (await status()).refusedPacks.total === 0);
    expect(gateway.province.packs.has(pack?.digest ?? '')).toBe(true);
    expect((await status()).refusedPacks).toEqual({ total: 0, packs: [] });
    expect(fateOf(series)).toEqual({ fate: 'registered' });
    expect((await retry()).status).toBe(404);
    const retries = `"user":"qin","action":"pack.retry","target":"${pack?.digest}"`;
    await eventually('it is in the log', async () => gateway.output.includes(retries));
  });

  it('lets go of a pack that the registry takes for a steward to decide on', async () => {
    gateway.province.registryAnswers = [{ status: 422, code: 'PACK_MALFORMED' }];
    const series = ctSeries(1);
    await send(series);
    await eventually('a pack is refused', async () => (await status()).refusedPacks.total === 1);
    gateway.province.registryAnswers = [];
    gateway.province.quarantined = [series.seriesInstanceUid];
    const [pack] = (await status()).refusedPacks.packs;
    expect((await page.ask('POST', `refused-packs/${pack?.digest}/retry`)).status).toBe(202);
    await eventually('nothing is refused', async () => (await status()).refusedPacks.total === 0);
    expect(fateOf(series)).toEqual({ fate: 'quarantined' });
  });

  it('does not upload what the disk has damaged: the registry could not tell', async () => {
    const digest = 'd'.repeat(64);
    await gateway.kill('SIGTERM');
    await writeFile(join(gateway.folder, 'refused', `${digest}.pack`), 'not what was received');
    const note = { reason: 'SPOOL_DAMAGED', refusedAt: '2026-11-24T02:15:00.000Z' };
    await writeFile(join(gateway.folder, 'refused', `${digest}.json`), JSON.stringify(note));
    await gateway.run();
    await page.signIn('qin', PASSWORD);
    expect((await status()).refusedPacks).toEqual({
      total: 1,
      packs: [{ digest, ...note, sizeBytes: 21, isWaiting: false }],
    });
    const { puts } = gateway.province;
    const retried = await page.ask('POST', `refused-packs/${digest}/retry`);
    expect([retried.status, await retried.json()]).toMatchObject([409, { code: 'PACK_DAMAGED' }]);
    expect(gateway.province.puts).toBe(puts);
  });
});
