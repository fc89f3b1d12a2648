import { appendFile, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StudyJournals } from './study-journal.store.js';

const nothing = { facts: [], factsTold: 0, instancesTold: 0, sealed: [], handedOver: [], sent: [] };

describe('the journals of studies', () => {
  let folder: string;
  let journals: StudyJournals;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-journals-'));
    journals = new StudyJournals(folder);
    expect(await journals.start()).toEqual([]);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const handedOver = (...instances: string[]) => ({
    instances,
    handedOver: [],
    dataSets: instances.map((uid) => `bytes of ${uid}`),
  });

  it('know what was written, after a restart too', async () => {
    await journals.append('1.2', [handedOver('1.2.1')]);
    await Promise.all([journals.append('1.2', [handedOver('1.2.2')]), journals.append('1.3', [handedOver('1.3.1')])]);
    const next = new StudyJournals(folder);
    expect((await next.start()).sort()).toEqual(['1.2', '1.3']);
    const sent = ['1.2.1', '1.2.2'].map((uid) => ({ sopInstanceUid: uid, dataSetSha256: `bytes of ${uid}` }));
    expect(await next.load('1.2')).toEqual({ ...nothing, instances: ['1.2.1', '1.2.2'], sent });
    expect(await next.load('1.4')).toBeUndefined();
  });

  it('pass over a line that a crash cut off, and lose none after it', async () => {
    await journals.append('1.2', [handedOver('1.2.1')]);
    await appendFile(join(folder, 'open', '1.2.jsonl'), '\n{"instances":["1.2');
    await journals.append('1.2', [handedOver('1.2.3')]);
    expect(await journals.read('1.2')).toMatchObject({ instances: ['1.2.1', '1.2.3'] });
  });

  it('of settled studies are read without opening them, and opened when more comes', async () => {
    await journals.append('1.2', [handedOver('1.2.1')]);
    await journals.settle('1.2', 1);
    expect(await new StudyJournals(folder).start()).toEqual([]);
    expect(await journals.read('1.2')).toMatchObject({ instances: ['1.2.1'], instancesTold: 1 });
    expect(await readdir(join(folder, 'open'))).toEqual([]);
    await journals.load('1.2');
    await journals.append('1.2', [handedOver('1.2.2')]);
    expect(await journals.load('1.2')).toMatchObject({ instances: ['1.2.1', '1.2.2'], instancesTold: 1 });
    expect(await readdir(join(folder, 'settled'))).toEqual([]);
  });

  it('of settled studies are forgotten after 30 days', async () => {
    for (const study of ['1.2', '1.3']) {
      await journals.append(study, [handedOver(`${study}.1`)]);
      await journals.settle(study, 1);
    }
    const longAgo = Date.now() / 1000 - 31 * 24 * 3600;
    await utimes(join(folder, 'settled', '1.2.jsonl'), longAgo, longAgo);
    await journals.forgetOld();
    expect(await readdir(join(folder, 'settled'))).toEqual(['1.3.jsonl']);
  });
});
