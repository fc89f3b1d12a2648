import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessMigrations } from '@yinglian/access';
import { messagingMigrations } from '@yinglian/messaging';
import { FileObjectStore } from '@yinglian/objects';
import { migrate } from '@yinglian/persistence';
import { until } from '@yinglian/testing';
import { runRebuild } from '../rebuild-index/run-rebuild.js';
import { studyRegistryMigrations } from '../study-registry.module.js';
import { DecidingSteward } from '../testing/deciding-steward.js';
import { Scrubbed } from '../testing/scrubbed.js';
import { testStudy } from '../testing/test-study.js';

describe('what was decided about studies', () => {
  let folder: string;
  let scrubbed: Scrubbed;
  let steward: DecidingSteward;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-replica-'));
    scrubbed = await Scrubbed.onFiles(folder);
    steward = new DecidingSteward(scrubbed.registry);
  });
  afterAll(async () => {
    await scrubbed.registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const primary = () => scrubbed.registry.environment.OBJECTS_FOLDER ?? '';
  const recordsIn = (store: string, studyUid: string) => globSync(join(store, 'decisions', '*', studyUid, '*')).sort();
  const said = async (store: string, studyUid: string) =>
    Promise.all(recordsIn(store, studyUid).map(async (path) => JSON.parse(await readFile(path, 'utf8'))));
  const aStudy = async () => {
    const { studyUid, files } = testStudy({ patientId: 'KEPT' });
    await scrubbed.registry.store('H001', files);
    return studyUid;
  };
  const isDue = () => scrubbed.registry.database.query('UPDATE decision_checks SET due_at = now()');
  const isKept = () =>
    until(
      async () =>
        (await scrubbed.registry.database.query('SELECT 1 FROM decision_checks WHERE due_at < now()')).length === 0,
    );
  /** A study that was withdrawn and restored, in both stores. */
  const decided = async () => {
    const studyUid = await aStudy();
    await steward.withdraw(studyUid);
    await steward.restore(studyUid);
    await until(() => recordsIn(folder, studyUid).length === 2);
    return { studyUid, records: await said(primary(), studyUid) };
  };

  it('is in the replica within seconds', async () => {
    const { studyUid, records } = await decided();
    expect(await said(folder, studyUid)).toEqual(records);
    expect(records.map(({ decision }) => decision)).toEqual(['withdraw', 'restore']);
  });

  it.each(['primary', 'replica'])('is written again where the %s store lacks it or has damaged it', async (place) => {
    const { studyUid, records } = await decided();
    const store = place === 'primary' ? primary() : folder;
    const [lost = '', damaged = ''] = recordsIn(store, studyUid);
    await rm(lost);
    await writeFile(damaged, 'no decision');
    await isDue();
    await until(() => recordsIn(store, studyUid).every((path) => path !== damaged));
    await isKept();
    expect(await said(store, studyUid)).toEqual(records);
    const [aside = ''] = globSync(join(store, 'damaged', '*', `${studyUid}.decision.${basename(damaged)}.*`));
    expect(await readFile(aside, 'utf8')).toBe('no decision');
  });

  it('stays beside what a process left that died before its transaction ended', async () => {
    const { studyUid, records } = await decided();
    const [record = ''] = recordsIn(primary(), studyUid);
    const left = join(dirname(record), '000003-left');
    await writeFile(left, JSON.stringify({ ...records[0], note: 'Never answered' }));
    await isDue();
    await isKept();
    expect(recordsIn(primary(), studyUid)).toContain(left);
    expect(recordsIn(folder, studyUid)).toHaveLength(2);
  });

  it('hides what was withdrawn when only the replica is left', async () => {
    const studyUid = await aStudy();
    await steward.withdraw(studyUid);
    await until(() => recordsIn(folder, studyUid).length === 1);
    await until(async () => (await scrubbed.queued()) === 0);
    const url = await scrubbed.registry.postgres.createDatabase('rebuilt');
    for (const set of [studyRegistryMigrations, messagingMigrations, accessMigrations]) await migrate(url, set);
    const objects = new FileObjectStore(folder);
    const write = { line: () => {}, progress: () => {} };
    await runRebuild(objects, { databaseUrl: url, compareUrl: undefined }, write, new AbortController().signal);
    await objects.close();
    const rebuilt = scrubbed.registry.postgres.connect(url);
    expect(await rebuilt.query('SELECT is_withdrawn FROM studies WHERE study_uid = $1', [studyUid])).toEqual([
      { is_withdrawn: true },
    ]);
  });
});
