import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PageClient, writeHospitalFile } from '../testing/page-client.js';
import { TestGateway } from '../testing/test-gateway.js';

const PASSWORD = 'an invented pass phrase';

describe('the backfill on the page', () => {
  let folder: string;
  let gateway: TestGateway;
  let page: PageClient;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-backfill-page-'));
    const file = join(folder, 'hospital.json');
    await writeHospitalFile(file, PASSWORD, {
      devices: [{ aeTitle: 'PACS', kind: 'pacs' }],
      backfill: { pacs: 'PACS', from: '2026-01-01', to: '2026-01-10' },
    });
    gateway = await TestGateway.start({ HOSPITAL_FILE: file });
    page = new PageClient(gateway);
    await page.signIn('qin', PASSWORD);
  });
  afterAll(async () => {
    await gateway.stop();
    await rm(folder, { recursive: true });
  });

  const shown = (isPaused: boolean) => ({
    backfill: expect.objectContaining({
      pacs: 'PACS',
      daysLeft: 10,
      standing: isPaused ? 'paused' : expect.stringMatching(/^(running|resting)$/),
    }),
  });
  const change = async (name: string) => (await page.ask('POST', `backfill/${name}`)).json();

  it('is paused, also through a restart, and goes on', async () => {
    expect(await (await page.ask('GET', 'backfill')).json()).toEqual(shown(false));
    expect(await change('pause')).toEqual(shown(true));
    await gateway.kill();
    await gateway.run();
    await page.signIn('qin', PASSWORD);
    expect(await (await page.ask('GET', 'backfill')).json()).toEqual(shown(true));
    expect(await change('go-on')).toEqual(shown(false));
    expect(await change('try-again')).toEqual(shown(false));
  });

  it('takes nothing else', async () => {
    expect(await change('forget')).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  });
});
