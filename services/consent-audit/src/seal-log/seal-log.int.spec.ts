import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessRecordedV1, type EventData } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { until } from '@yinglian/testing';
import {
  type ExportLine,
  type Finding,
  includes,
  isConsistent,
  noteVerifier,
  openCheckpoint,
  recordHash,
  verifyExport,
} from '@yinglian/transparency-log';
import { exportLines } from '../export-log/export-lines.js';
import { AuditLogStore } from '../storage/audit-log.store.js';
import { type KeptAccess, keepAccesses } from '../storage/keep-accesses.js';
import { ConsentAuditService } from '../testing/consent-audit-service.js';
import { SealLogHandler } from './seal-log.handler.js';

const fromBase64 = (hashes: string[]) => hashes.map((hash) => Buffer.from(hash, 'base64'));

describe('the audit log', () => {
  let service: ConsentAuditService;
  let database: Database;
  let golden: EventData<typeof AccessRecordedV1>;

  const access = (): KeptAccess => ({ ...golden, eventId: randomUUID(), accessId: randomUUID() });
  const keep = (accesses: KeptAccess[]) => database.transaction((tx) => keepAccesses(tx, accesses));
  const sealed = async () => {
    const seal = service.app.get(SealLogHandler);
    while ((await seal.execute(new Date())) > 0);
  };
  const ask = (path: string) => service.ask('auditor', null, 'GET', `log/${path}`);
  const keys = async () => {
    const { body } = await ask('keys');
    return { origin: body.origin as string, trusted: (body.verifierKeys as string[]).map(noteVerifier) };
  };
  const opened = async (note: string) => {
    const { origin, trusted } = await keys();
    return openCheckpoint(note, origin, trusted);
  };
  const newest = async () => (await new AuditLogStore(database).newestCheckpoint())?.note ?? '';

  beforeAll(async () => {
    const file = new URL('../../../../libs/contracts/src/golden/access.recorded.v1.json', import.meta.url);
    golden = AccessRecordedV1.data.parse(JSON.parse(await readFile(file, 'utf8')));
    service = await ConsentAuditService.start();
    database = service.app.get(Database);
  });
  afterAll(() => service.stop());

  it('gives records places without gaps, whoever adds them at once and whatever is told again', async () => {
    const all = Array.from({ length: 40 }, () => Array.from({ length: 25 }, access));
    await Promise.all([
      ...all.map((some) => keep(some)),
      // Told again beside it, in other batches, twice in one.
      ...all.map((some) => keep([...some.slice(0, 5), ...some.slice(0, 2)])),
      database
        .transaction((tx) => keepAccesses(tx, [access()]).then(() => Promise.reject(new Error('rolled back'))))
        .catch(() => {}),
    ]);
    const [row] = await database.query<Record<string, string>>(
      'SELECT count(*) AS records, count(DISTINCT event_id) AS events, min(position) AS first, max(position) AS last FROM accesses',
    );
    const records = Number(row?.records);
    expect(records).toBeGreaterThanOrEqual(1_000);
    expect(row).toMatchObject({ events: String(records), first: '0', last: String(records - 1) });
  });

  it('is signed by both keys, which are told', async () => {
    await sealed();
    const { origin, trusted } = await keys();
    expect(trusted).toHaveLength(2);
    for (const key of trusted) expect(openCheckpoint(await newest(), origin, [key]).size).toBeGreaterThan(0);
  });

  it('proves that it has a record, and that it only grew', async () => {
    const one = access();
    await sealed();
    const before = await opened(await newest());
    await keep([one, ...Array.from({ length: 300 }, access)]);
    await sealed();
    const { body } = await ask(`records/${one.eventId}`);
    const { size, root } = await opened(body.checkpoint);
    const lines = await exported();
    const record = lines.flatMap((line) =>
      'record' in line && line.record.eventId === one.eventId ? [line.record] : [],
    )[0];
    expect(record).toMatchObject({ accessId: one.accessId, action: one.action, actor: { subject: one.actor.subject } });
    const leaf = recordHash(record ?? {});
    expect(includes(fromBase64(body.proof), body.index, leaf, size, root)).toBe(true);
    expect(includes(fromBase64(body.proof), body.index + 1, leaf, size, root)).toBe(false);

    const grown = await ask(`consistency?from=${before.size}`);
    const after = await opened(grown.body.checkpoint);
    expect(after.size).toBeGreaterThan(before.size);
    expect(isConsistent(fromBase64(grown.body.proof), before, after)).toBe(true);
  });

  it('says what is not there yet, or not at all', async () => {
    expect(await ask(`records/${randomUUID()}`)).toMatchObject({ status: 404, body: { code: 'RECORD_NOT_FOUND' } });
    expect(await ask('records/x')).toMatchObject({ status: 400 });
    expect(await ask('consistency?from=99999999')).toMatchObject({ status: 404, body: { code: 'LOG_NOT_SEALED' } });
    expect(await ask('consistency?from=-1')).toMatchObject({ status: 400 });
    expect(await ask('consistency?from=0&to=999999999')).toMatchObject({ status: 404 });
  });

  it('is sealed by itself within seconds', async () => {
    const one = access();
    await keep([one]);
    await until(async () => (await ask(`records/${one.eventId}`)).status === 200);
  });

  it('keeps one checkpoint a minute, and the newest', async () => {
    await sealed();
    const seal = service.app.get(SealLogHandler);
    const counts = async () => (await new AuditLogStore(database).checkpoints(0, 1_000)).map(({ size }) => size);
    const before = await counts();
    const sizes: number[] = [];
    for (const at of ['2030-01-01T00:00:01Z', '2030-01-01T00:00:30Z', '2030-01-01T00:01:00Z', '2030-01-01T00:01:59Z']) {
      await keep([access()]);
      await seal.execute(new Date(at));
      sizes.push((await opened(await newest())).size);
    }
    const kept = (await counts()).filter((size) => !before.includes(size));
    expect(kept).toEqual(expect.arrayContaining([sizes[1], sizes[3]]));
    expect(kept).not.toEqual(expect.arrayContaining([sizes[0]]));
    expect(kept).not.toEqual(expect.arrayContaining([sizes[2]]));
  });

  it('is exported to auditors only, and that is recorded', async () => {
    for (const role of ['clinician', 'administrator', 'steward', 'patient'] as const) {
      expect(await service.ask(role, 'H001', 'GET', 'log/export')).toMatchObject({ status: 403 });
    }
    await exported();
    await service.settled();
    const { body } = await service.ask('auditor', null, 'GET', 'accesses?actor=the.auditor.null');
    expect(body.items.map(({ action }: { action: string }) => action)).toContain('audit.export');
  });

  /** What a database administrator may do who stops at nothing. */
  describe('whose tables somebody writes to', () => {
    beforeAll(async () => {
      await keep(Array.from({ length: 600 }, access));
      await sealed();
      await expect(database.query('UPDATE accesses SET count = 2')).rejects.toThrow('never changed');
    });

    const tampered = async (statement: string, values: unknown[] = []): Promise<readonly Finding[]> => {
      await sealed();
      const { verifierKeys } = (await ask('keys')).body;
      const witnessed = [await newest()];
      return database
        .transaction(async (tx) => {
          await tx.query('ALTER TABLE accesses DISABLE TRIGGER ALL');
          await tx.query(statement, values);
          const lines = exportLines(tx, { origin: 'yinglian.invalid/audit', verifierKeys, turns: [] }, new Date());
          const report = await verifyExport(linesOf(lines), { verifierKeys, witnessed });
          // Nothing of it stays: the next one begins with what was sealed.
          throw Object.assign(new Error('verified'), { report });
        })
        .catch((error) => {
          if (error.report === undefined) throw error;
          return error.report.findings;
        });
    };

    it('has nothing to be found when they did not', async () => {
      expect(await tampered('SELECT 1')).toEqual([]);
    });

    it.each([
      ['count = count + 1'],
      ["at = at + interval '1 millisecond'"],
      ["display_name = '别人'"],
      ["subject = 'dr.other'"],
      ["roles = '{auditor}'"],
      ["actor_hospital = 'H009'"],
      ["action = 'person.read'"],
      ["purpose_of_use = 'ETREAT'"],
      ["person_id = 'P' || repeat('1', 26)"],
      ["study_uid = '1.2.3'"],
      ["owner_hospital = 'H009'"],
      ["query = '{x}'"],
      ["outcome = 'permit'"],
      ["code = 'HOME_HOSPITAL'"],
      ["policies = '{}'"],
      ["policy_version = 'x'"],
      ["service = 'x'"],
      ["trace_id = 'x'"],
      ['break_glass_id = gen_random_uuid()'],
      ["account = 'x'"],
      ["address = '10.0.0.1'"],
      ['facts = jsonb_build_object()'],
      ['access_id = gen_random_uuid()'],
      ['event_id = gen_random_uuid()'],
    ])('names the record of which was set %s', async (change) => {
      expect(await tampered(`UPDATE accesses SET ${change} WHERE position = 123`)).toMatchObject([
        { kind: 'changed', index: 123 },
      ]);
    });

    it('names the one that was removed, the places behind it closed up or not', async () => {
      expect(await tampered('DELETE FROM accesses WHERE position = 200')).toMatchObject([
        { kind: 'removed', index: 200 },
      ]);
      const closeUp = `ALTER TABLE accesses DROP CONSTRAINT accesses_count_from_zero;
        DELETE FROM accesses WHERE position = 200;
        UPDATE accesses SET position = -position WHERE position > 200;
        UPDATE accesses SET position = -position - 1 WHERE position < 0`;
      expect(await tampered(closeUp)).toMatchObject([{ kind: 'removed', index: 200 }]);
    });

    it('names the one that was put in, where the others made room', async () => {
      const putIn = `ALTER TABLE accesses DROP CONSTRAINT accesses_count_from_zero;
        UPDATE accesses SET position = -position - 1 WHERE position >= 200;
        UPDATE accesses SET position = -position WHERE position < 0;
        INSERT INTO accesses SELECT (jsonb_populate_record(a, '{"position": 200, "event_id": "00000000-0000-4000-8000-000000000000"}')).*
        FROM accesses a WHERE position = 199`;
      // The last record has no place in what was sealed any more.
      const kinds = (await tampered(putIn)).map(({ kind, index }) => [kind, index]);
      expect(kinds).toEqual(expect.arrayContaining([['inserted', 200]]));
      expect(kinds.filter(([kind]) => kind !== 'inserted' && kind !== 'removed')).toEqual([]);
    });

    it('names one of those whose places were exchanged', async () => {
      const exchange = `ALTER TABLE accesses DROP CONSTRAINT accesses_count_from_zero;
        UPDATE accesses SET position = -1 WHERE position = 300;
        UPDATE accesses SET position = 300 WHERE position = 400;
        UPDATE accesses SET position = 400 WHERE position = -1`;
      const findings = await tampered(exchange);
      expect(findings).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'reordered', index: 300 })]));
      expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(['reordered']));
    });

    it('names what was cut off, with its tiles and checkpoints', async () => {
      const cut = `WITH a AS (DELETE FROM accesses WHERE position >= 512), b AS (DELETE FROM log_tiles WHERE level = 0 AND tile >= 2)
        DELETE FROM log_checkpoints WHERE size > 512`;
      const findings = await tampered(cut);
      expect(findings).toMatchObject([{ kind: 'cut-off' }]);
    });

    it('names between which checkpoints a record was exchanged together with its hash', async () => {
      const exchange = `UPDATE log_tiles SET hashes = overlay(hashes PLACING sha256('x') FROM 33) WHERE level = 0 AND tile = 0`;
      const kinds = (await tampered(exchange)).map(({ kind }) => kind);
      expect(kinds).toContain('not-as-sealed');
    });
  });

  async function exported(): Promise<ExportLine[]> {
    const lines: ExportLine[] = [];
    for (const line of (await service.text('auditor', 'log/export')).split('\n'))
      if (line !== '') lines.push(JSON.parse(line));
    return lines;
  }
});

async function* linesOf(chunks: AsyncIterable<string>) {
  for await (const chunk of chunks) yield* chunk.split('\n');
}
