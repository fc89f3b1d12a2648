import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { InstanceFate } from '../domain/instance-fate.js';
import { Ledger } from '../ledger/ledger.js';
import { InstanceFates } from './instance-fates.store.js';

const DAY_MS = 24 * 3_600_000;
const KEEP_DAYS = 14;
const sopClassUid = '1.2.840.10008.5.1.4.1.1.2';

describe('what became of instances', () => {
  let folder: string;
  let ledger: Ledger;
  let fates: InstanceFates;
  let day = 0;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-fates-'));
    ledger = await Ledger.open(folder);
    day = 0;
    fates = new InstanceFates(ledger, KEEP_DAYS, () => day * DAY_MS);
  });
  afterEach(async () => {
    await ledger.close();
    await rm(folder, { recursive: true });
  });

  const decided = (sopInstanceUid: string, fate: InstanceFate) =>
    fates.decided([{ sopClassUid, sopInstanceUid, fate }]);

  it('is known of each instance of one pack, and for so many days', async () => {
    await fates.decided([
      { sopClassUid, sopInstanceUid: '1.1', fate: 'registered' },
      { sopClassUid, sopInstanceUid: '1.2', fate: 'quarantined' },
    ]);
    day = KEEP_DAYS;
    expect(['1.1', '1.2', '1.3'].map((uid) => fates.of(uid)?.fate)).toEqual(['registered', 'quarantined', undefined]);
    day += 1;
    expect(['1.1', '1.2'].map((uid) => fates.of(uid))).toEqual([undefined, undefined]);
    await decided('1.3', 'registered');
    expect(ledger.prepare('SELECT count(*) AS count FROM instance_fates').get()).toEqual({ count: 1 });
  });

  it('is not success while something is remembered to be aside under its UID, however often other bytes come', async () => {
    await decided('1.1', 'quarantined');
    day = KEEP_DAYS;
    await decided('1.1', 'registered');
    expect(fates.of('1.1')?.fate).toBe('quarantined');
    day += 1;
    expect(fates.of('1.1')).toBeUndefined();
    await decided('1.1', 'registered');
    expect(fates.of('1.1')?.fate).toBe('registered');
  });

  it('is success when the registry takes after all what it had refused', async () => {
    await decided('1.1', 'refused');
    await decided('1.1', 'registered');
    expect(fates.of('1.1')?.fate).toBe('registered');
  });
});
