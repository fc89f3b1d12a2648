import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from '@jest/globals';
import { migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import { consentAuditMigrations } from '../consent-audit.module.js';
import { consentsOf } from './consent.store.js';
import { carryOver } from './consent-groups.js';

const CONSENTS = '20261205';
const [ONE, OTHER] = ['1', '2'].map((n) => `P${n.padStart(26, '0')}`) as [string, string];

it('objections of the schema before are closings of all, and are carried over to who goes', async () => {
  const postgres = await TestPostgres.start();
  const before = await mkdtemp(join(tmpdir(), 'yinglian-migrations-'));
  try {
    const folder = fileURLToPath(consentAuditMigrations.folder);
    const earlier = (await readdir(folder)).filter((name) => name.slice(0, CONSENTS.length) < CONSENTS);
    expect(earlier.length).toBeGreaterThan(5);
    for (const name of earlier) await cp(join(folder, name), join(before, name));
    const url = await postgres.createDatabase();
    await migrate(url, { ...consentAuditMigrations, folder: pathToFileURL(`${before}/`) });
    const database = postgres.connect(url);
    await database.query(
      `INSERT INTO objections (consent_id, person_id, study_uid, note, recorded_by, withdrawn_at, granted_at, granted_by) VALUES
         ('00000000-0000-4000-8000-000000000001', $1, NULL, '本人到场', 'steward', '2026-11-01Z', NULL, NULL),
         ('00000000-0000-4000-8000-000000000002', $1, '1.2.3', '', 'steward', '2026-10-01Z', '2026-10-02Z', 'steward')`,
      [ONE],
    );
    await database.query("INSERT INTO objection_groups VALUES ($1, '00000000-0000-4000-8000-000000000001')", [OTHER]);
    await migrate(url, consentAuditMigrations);
    const said = { decision: 'closes', receiver: null, by: { kind: 'patient', proof: null }, identity: 'not-recorded' };
    expect(await consentsOf(database, [ONE])).toMatchObject([
      { ...said, studyInstanceUid: null, note: '本人到场', saidAt: new Date('2026-11-01Z'), endedAt: null },
      { ...said, studyInstanceUid: '1.2.3', endedAt: new Date('2026-10-02Z') },
    ]);
    expect(await carryOver(database, [ONE])).toMatchObject([{ personId: OTHER, studyUid: null, receiver: null }]);
  } finally {
    await postgres.stop();
    await rm(before, { recursive: true });
  }
});
