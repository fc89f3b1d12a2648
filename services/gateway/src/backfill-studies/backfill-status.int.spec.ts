import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Alarms } from '../alarms/alarms.js';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { Ledger } from '../ledger/ledger.js';
import { BackfillStore } from './backfill.store.js';
import { BackfillStatusHandler } from './backfill-status.handler.js';
import { PauseBackfillHandler } from './pause-backfill.handler.js';

const LIMITS = { attempts: 1, restSeconds: 60 };

describe('how far a backfill is', () => {
  let folder: string;
  let ledger: Ledger;
  let file: HospitalFile;
  let store: BackfillStore;
  let status: BackfillStatusHandler;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-backfill-status-'));
    const path = join(folder, 'hospital.json');
    await writeFile(path, JSON.stringify({ backfill: { pacs: 'PACS', from: '2026-01-01', to: '2026-01-10' } }));
    file = await HospitalFile.open(path, new Alarms());
    ledger = await Ledger.open(folder);
    store = new BackfillStore(ledger);
    status = new BackfillStatusHandler(file, store);
  });
  afterEach(async () => {
    await ledger.close();
    await rm(folder, { recursive: true });
  });

  const study = (studyInstanceUid: string, isThere = false) => ({ studyInstanceUid, expected: 10, isThere });
  const due = () => {
    const found = store.due('waiting', Date.now());
    if (found === undefined) throw new Error('Nothing is due');
    return found;
  };

  it('is told in days, studies and instances, with what failed and how long it will take', () => {
    store.searched('20260110', [study('1.1'), study('1.2', true), study('1.3')], null);
    store.searched('20260109', [study('1.4'), study('1.5')], 'More than 1 studies within a minute');
    store.moved('1.1', 10, Date.now());
    store.there('1.1');
    store.failedOnce({ ...due(), studyInstanceUid: '1.3' }, 'C-MOVE ends with A801', LIMITS);
    expect(status.execute()).toEqual({
      pacs: 'PACS',
      isPaused: false,
      days: 2,
      daysLeft: 8,
      incompleteDays: 1,
      studies: { waiting: 2, moving: 0, moved: 0, there: 2, failed: 1 },
      movedInstances: 10,
      // One in 24 hours; two wait, and eight days with three halves each are to come.
      hoursLeft: 24 * (2 + 8 * 1.5),
      failed: [{ studyInstanceUid: '1.3', problem: 'C-MOVE ends with A801' }],
    });
  });

  it('is paused, goes on, and is tried again where it failed', () => {
    const pause = new PauseBackfillHandler(file, store);
    store.searched('20260110', [study('1.1')], 'More than 1 studies within a minute');
    store.failedOnce(due(), 'C-MOVE ends with A801', LIMITS);
    pause.pause();
    expect([store.isPaused, store.due('waiting', Date.now())]).toEqual([true, undefined]);
    pause.goOn();
    pause.tryAgain();
    expect([store.isPaused, due().studyInstanceUid, store.isSearched('20260110')]).toEqual([false, '1.1', false]);
  });

  it('looks at the registry before it moves again what was moving when it ended', () => {
    store.searched('20260110', [study('1.1')], null);
    store.moving('1.1');
    store.resume(Date.now());
    expect([store.due('waiting', Date.now()), store.due('moved', Date.now())]).toEqual([
      undefined,
      { studyInstanceUid: '1.1', expected: 10, attempts: 0, movedAt: null },
    ]);
  });

  it('says nothing where the hospital’s file has no backfill', async () => {
    const without = await HospitalFile.open(undefined, new Alarms());
    expect(new BackfillStatusHandler(without, store).execute()).toBeUndefined();
  });
});
