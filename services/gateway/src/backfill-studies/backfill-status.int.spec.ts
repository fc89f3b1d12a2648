import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Alarms } from '../alarms/alarms.js';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { Ledger } from '../ledger/ledger.js';
import { BackfillStore } from './backfill.store.js';
import { BackfillHoursStore } from './backfill-hours.store.js';
import { BackfillMeter } from './backfill-meter.js';
import { BackfillStatusHandler } from './backfill-status.handler.js';
import { PauseBackfillHandler } from './pause-backfill.handler.js';

const LIMITS = { attempts: 1, restSeconds: 60 };

describe('how far a backfill is', () => {
  let folder: string;
  let ledger: Ledger;
  let file: HospitalFile;
  let store: BackfillStore;
  let meter: BackfillMeter;
  let status: BackfillStatusHandler;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-backfill-status-'));
    const path = join(folder, 'hospital.json');
    await writeFile(path, JSON.stringify({ backfill: { pacs: 'PACS', from: '2026-01-01', to: '2026-01-10' } }));
    file = await HospitalFile.open(path, new Alarms());
    ledger = await Ledger.open(folder);
    store = new BackfillStore(ledger);
    meter = new BackfillMeter(new BackfillHoursStore(ledger));
    status = statusOf(file);
  });
  afterEach(async () => {
    await ledger.close();
    await rm(folder, { recursive: true });
  });

  const statusOf = (of: HospitalFile) => new BackfillStatusHandler(of, store, new BackfillHoursStore(ledger), meter);
  const study = (studyInstanceUid: string, isThere = false) => ({ studyInstanceUid, expected: 10, isThere });
  const due = () => {
    const found = store.due('waiting', Date.now());
    if (found === undefined) throw new Error('Nothing is due');
    return found;
  };

  it('is told in days and studies, with what failed and what came so far', () => {
    store.searched('20260110', [study('1.1'), study('1.2', true), study('1.3')], null);
    store.searched('20260109', [study('1.4'), study('1.5')], 'More than 1 studies within a minute');
    store.moved('1.1', 10, Date.now());
    store.there('1.1');
    store.failedOnce({ ...due(), studyInstanceUid: '1.3' }, 'C-MOVE ends with A801', LIMITS);
    const now = new Date('2026-11-25T15:00:00Z');
    meter.received(400_000, now.getTime() - 60_000 * 60);
    meter.received(600_000, now.getTime());
    expect(status.execute(now)).toEqual({
      pacs: 'PACS',
      standing: 'running',
      // Three of five studies are settled, in two of ten days.
      percent: 12,
      days: 2,
      daysLeft: 8,
      incompleteDays: 1,
      studies: { waiting: 2, moving: 0, moved: 0, there: 2, failed: 1 },
      received: { instances: 2, bytes: 1_000_000, bytesPerSecond: 10_000 },
      estimate: null,
      windows: [{ from: 22 * 60, to: 6 * 60 }],
      failed: [{ studyInstanceUid: '1.3', problem: 'C-MOVE ends with A801' }],
    });
    expect(new BackfillMeter(new BackfillHoursStore(ledger)).figures(now.getTime())).toEqual({
      instances: 2,
      bytes: 1_000_000,
      bytesPerSecond: 0,
    });
  });

  it('is expected to end when the pace of its hours of work, the limit and the nights let all studies through', () => {
    const found = Array.from({ length: 20 }, (_, place) => study(`1.${place}`));
    store.searched('20260110', found, null);
    for (const { studyInstanceUid } of found.slice(0, 5)) {
      store.moved(studyInstanceUid, 10, Date.now());
      store.there(studyInstanceUid);
      meter.moved();
    }
    // Five in five minutes: as many as one a minute.
    meter.worked(5 * 60_000);
    meter.keep();
    // Fifteen wait, and nine days with twenty each are to come.
    const evening = new Date('2026-11-25T13:30:00Z');
    const left = 15 + 9 * 20;
    expect(status.execute(evening)).toMatchObject({
      standing: 'resting',
      estimate: { minutesLeft: 30 + left, endsAt: new Date(evening.getTime() + (30 + left) * 60_000).toISOString() },
    });
  });

  it('is done when nothing is left but what failed', async () => {
    await writeFile(
      join(folder, 'hospital.json'),
      JSON.stringify({ backfill: { pacs: 'PACS', from: '2026-01-10', to: '2026-01-10' } }),
    );
    const oneDay = await HospitalFile.open(join(folder, 'hospital.json'), new Alarms());
    store.searched('20260110', [study('1.1', true), study('1.2')], null);
    const shown = () => statusOf(oneDay).execute();
    expect(shown()).toMatchObject({ percent: 50, standing: expect.stringMatching(/^r/) });
    store.failedOnce(due(), 'C-MOVE ends with A801', LIMITS);
    expect(shown()).toMatchObject({ percent: 100, standing: 'done', estimate: null });
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
    expect(statusOf(without).execute()).toBeUndefined();
  });
});
