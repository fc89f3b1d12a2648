import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serviceDatabase } from '@yinglian/local';
import { Database } from '@yinglian/persistence';
import { DicomWebClient, LauncherProcess, type Province, startProvince } from '@yinglian/testing';
import { eventually } from './eventually.js';

const HOSPITALS = ['H001', 'H002', 'H003'];
/** More than a tile of the tree has: hospitals keep whole ones. */
const LOOKS = 260;

interface Report {
  readonly size: number;
  readonly findings: readonly Finding[];
  readonly witnesses: readonly { readonly name: string; readonly size: number }[];
}

interface Finding {
  readonly kind: string;
  readonly index?: number;
}

describe('the audit log of a province', () => {
  let province: Province;
  const inHome = (name: string) => join(province.home, name);
  const witnessed = (hospital: string, file: string) => inHome(join('gateways', hospital, 'audit-log', file));
  const latestAt = (hospital: string) => readFile(witnessed(hospital, 'latest.txt'), 'utf8');
  const sizeOf = (checkpoint: string) => Number(checkpoint.split('\n')[1]);

  const asAuditor = async (path: string) => {
    const { edge } = province.endpoints;
    return fetch(`${edge}/api/consent-audit/log/${path}`, {
      headers: { authorization: `Bearer ${await province.token('auditor')}` },
    });
  };
  const keysOfLog = async () => (await (await asAuditor('keys')).json()) as { verifierKeys: string[]; turns: string[] };
  const command = async (...args: string[]) => {
    const run = LauncherProcess.run(args, province.environment);
    return { code: await run.ended, output: run.output };
  };
  /** Somebody looks, which is a record. */
  const look = async () => {
    const client = new DicomWebClient(province.endpoints.dicomweb, await province.token('dr.chen'));
    await client.find(`/studies?AccessionNumber=L${Date.now()}`);
  };
  /** What the command says of an export that is made now. */
  const verified = async (...witnesses: string[]) =>
    verifiedBy(witnesses.length === 0 ? [] : ['--witness', ...witnesses]);
  const verifiedBy = async (witness: string[]) => {
    await writeFile(inHome('export.ndjson'), await (await asAuditor('export')).text());
    const keys = ['--keys', inHome('keys.txt'), '--witness-keys', inHome('witness-keys.txt')];
    const { code, output } = await command('verify-audit', inHome('export.ndjson'), ...keys, '--json', ...witness);
    return { code, ...(JSON.parse(output) as Report) };
  };
  /** As whoever has the service's own password. */
  const inDatabase = async (statements: string) => {
    const url = serviceDatabase(province.home, 'consent-audit');
    const database = new Database({ url, applicationName: 'e2e', maxConnections: 1 });
    try {
      await database.query(
        `ALTER TABLE accesses DISABLE TRIGGER ALL; ${statements}; ALTER TABLE accesses ENABLE TRIGGER ALL`,
      );
    } finally {
      await database.close();
    }
  };

  beforeAll(async () => {
    province = await startProvince();
    const client = new DicomWebClient(province.endpoints.dicomweb, await province.token('dr.chen'));
    for (let n = 0; n < LOOKS; n += 1) await client.find(`/studies?AccessionNumber=A${n}`);
    await writeFile(inHome('keys.txt'), (await keysOfLog()).verifierKeys.join('\n'));
  }, 180_000);
  afterAll(() => province.stop(), 60_000);

  it('is verified offline, and by what every hospital keeps', async () => {
    const latest = await eventually(
      'every gateway has seen it',
      async () => {
        const all = await Promise.all(HOSPITALS.map(latestAt));
        return all.every((checkpoint) => sizeOf(checkpoint) >= LOOKS) && all;
      },
      60_000,
    );
    await eventually('H003 keeps its hashes', async () =>
      (await readFile(witnessed('H003', 'tiles.ndjson'), 'utf8').catch(() => '')).startsWith('{"tile":0,'),
    );
    await eventually(
      'every hospital has signed it',
      async () => {
        const { witnesses } = (await (await asAuditor('witnesses')).json()) as { witnesses: { size: number }[] };
        return witnesses.length === HOSPITALS.length && witnesses.every(({ size }) => size >= LOOKS);
      },
      150_000,
    );
    const own = await Promise.all(HOSPITALS.map((code) => readFile(witnessed(code, 'cosigning-key.txt'), 'utf8')));
    await writeFile(inHome('witness-keys.txt'), own.join(''));
    const report = await verified(...HOSPITALS.map((code) => witnessed(code, 'latest.txt')));
    expect(report).toMatchObject({ code: 0, findings: [] });
    for (const checkpoint of latest) expect(report.size).toBeGreaterThanOrEqual(sizeOf(checkpoint));
    expect(report.witnesses.map(({ name }) => name)).toEqual(
      HOSPITALS.map((code) => `yinglian.invalid/audit/witness/${code}`),
    );
    for (const { size } of report.witnesses) expect(size).toBeGreaterThanOrEqual(LOOKS);
  }, 240_000);

  it('changes its keys while it runs: hospitals follow, and what was signed before is verified by the keys of before', async () => {
    const { verifierKeys: before } = await keysOfLog();
    expect(await command('rotate-audit-keys')).toMatchObject({ code: 0 });
    await eventually('the keys turned', async () => {
      await look();
      return (await keysOfLog()).turns.length === 1;
    });
    await writeFile(inHome('checkpoint.txt'), await (await asAuditor('checkpoint')).text());
    expect(await command('rotate-audit-keys', '--forget', inHome('checkpoint.txt'))).toMatchObject({ code: 0 });
    await look();
    const { verifierKeys: after } = await keysOfLog();
    expect(after.filter((key) => before.includes(key))).toEqual([]);
    const followed = async (code: string) => {
      const known = (await readFile(witnessed(code, 'keys.txt'), 'utf8')).trim().split('\n');
      return before.every((key) => !known.includes(key)) && after.every((key) => known.includes(key));
    };
    await eventually(
      'every gateway follows',
      async () => (await Promise.all(HOSPITALS.map(followed))).every((is) => is),
      60_000,
    );
    for (const code of HOSPITALS)
      await expect(readFile(witnessed(code, 'contradictions.txt'))).rejects.toThrow(/ENOENT/);
    expect(await verified(witnessed('H001', 'latest.txt'))).toMatchObject({ code: 0, findings: [] });
    await writeFile(inHome('keys.txt'), after.join('\n'));
    expect(await verified(witnessed('H001', 'latest.txt'))).toMatchObject({ code: 0, findings: [] });
  }, 180_000);

  it('names the record that somebody with the database’s password changed', async () => {
    await inDatabase(`UPDATE accesses SET display_name = '别人' WHERE position = 7`);
    expect(await verified()).toMatchObject({ code: 1, findings: [{ kind: 'changed', index: 7 }] });
  }, 60_000);

  it('that is sealed anew by whoever has the key too is found by what hospitals keep, and their gateways warn', async () => {
    const before = sizeOf(await latestAt('H003'));
    await inDatabase('TRUNCATE log_tiles, log_checkpoints, log_cosignatures');
    await eventually('it is sealed anew', async () => (await asAuditor('checkpoint')).status === 200);
    expect(await verified()).toMatchObject({ code: 0, findings: [] });
    expect(await verified(witnessed('H003', 'latest.txt'))).toMatchObject({
      code: 1,
      findings: [{ kind: 'not-as-sealed', from: 0, to: before - 1 }],
    });
    // The same with the hashes that the hospital kept names the record.
    const hashes = witnessed('H003', 'tiles.ndjson');
    expect(await verifiedBy(['--witness-hashes', hashes])).toMatchObject({
      code: 1,
      findings: [{ kind: 'exchanged', index: 7, eventId: expect.any(String) }],
    });
    await eventually(
      'every gateway warns',
      async () => {
        const seen = HOSPITALS.map((code) => readFile(witnessed(code, 'contradictions.txt'), 'utf8'));
        return (await Promise.all(seen)).every((note) => note.includes('— '));
      },
      60_000,
    );
    const log = await readFile(inHome(join('logs', 'gateway-H003.log')), 'utf8');
    expect(log).toContain('AUDIT_LOG_CONTRADICTS');
  }, 120_000);
});
