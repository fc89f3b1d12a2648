import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf, multipart } from '@yinglian/testing';
import { Ledger } from '../ledger/ledger.js';
import { AccessToken } from '../province/access-token.js';
import { bySecret } from '../province/client-proof.js';
import { ProvinceClient } from '../province/province.client.js';
import { systemClock } from '../shape-uploads/upload-lanes.js';
import { UploadSettings } from '../shape-uploads/upload-settings.js';
import type { GatewayStatus } from '../show-status/gateway-status.js';
import { PageClient, writeHospitalFile } from '../testing/page-client.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';
import { KeepLinkFigures } from './keep-link-figures.js';
import { UploadLinks } from './upload-links.js';

const NOON = Date.parse('2026-11-25T12:00:00+08:00');
const DAY_MS = 24 * 3_600_000;
const nowhere = 'http://127.0.0.1:9';

describe('what links carried', () => {
  let folder: string;
  let now = NOON;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-links-'));
    now = NOON;
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** One life of a gateway with two links; what its links look like at its end. */
  const run = async (work: (links: UploadLinks) => Promise<void> = async () => undefined) => {
    const ledger = await Ledger.open(folder);
    const token = new AccessToken({ tokenUrl: nowhere, prove: bySecret('g', 'x'), scope: 's' });
    const links = new UploadLinks(() => new ProvinceClient(nowhere, token), { ...systemClock, now: () => now });
    await links.apply(UploadSettings.parse({ links: [{ name: 'leased' }, { name: 'internet' }] }));
    const keeper = new KeepLinkFigures({ ledger, links });
    keeper.onApplicationBootstrap();
    await work(links);
    keeper.beforeApplicationShutdown();
    const seen = links.list().map(({ name, bytesToday, lastSuccessAt, lastFailure }) => ({
      name,
      bytesToday,
      lastSuccessAt,
      lastFailure,
    }));
    await links.close();
    await ledger.close();
    return seen;
  };
  const carry = async (links: UploadLinks, bytes: number) => {
    const link = links.freeFor('routine');
    const pieces = async function* () {
      yield Buffer.alloc(bytes);
    };
    for await (const _ of link?.pace(pieces(), 'routine', new AbortController().signal) ?? []);
    link?.succeeded();
  };
  const lastSuccessAt = new Date(NOON).toISOString();
  const unused = { name: 'internet', bytesToday: 0, lastSuccessAt: undefined, lastFailure: undefined };

  it('is known after a restart, and goes on from there until the day ends', async () => {
    const first = [{ name: 'leased', bytesToday: 1000, lastSuccessAt, lastFailure: undefined }, unused];
    expect(await run((links) => carry(links, 1000))).toEqual(first);
    expect(await run()).toEqual(first);
    const second = await run(async (links) => {
      await carry(links, 500);
      links.freeFor('routine')?.failed('NO_ANSWER');
    });
    expect(second).toEqual([{ ...first[0], bytesToday: 1500, lastFailure: 'NO_ANSWER' }, unused]);
    expect(await run()).toEqual(second);
    now = NOON + DAY_MS;
    expect(await run()).toEqual([{ ...second[0], bytesToday: 0 }, unused]);
    expect(await run((links) => carry(links, 7))).toMatchObject([{ bytesToday: 7 }, unused]);
  });

  it('is on the page of a gateway that was started again', async () => {
    const password = 'an invented pass phrase';
    const file = join(folder, 'hospital.json');
    await writeHospitalFile(file, password, {});
    const gateway = await TestGateway.start({ HOSPITAL_FILE: file });
    try {
      const page = new PageClient(gateway);
      const link = async () => {
        await page.signIn('qin', password);
        const [only] = ((await (await page.ask('GET', 'status')).json()) as GatewayStatus).links;
        return [only?.bytesToday, only?.lastSuccessAt];
      };
      await gateway.stow(multipart(ctSeries(1).slices.map(fileOf)));
      await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
      const before = await link();
      expect(before).toEqual([gateway.province.packBytes, expect.stringMatching(/Z$/)]);
      await gateway.kill('SIGTERM');
      await gateway.run();
      expect(await link()).toEqual(before);
    } finally {
      await gateway.stop();
    }
  });
});
