import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serviceDatabase } from '@yinglian/local';
import { Database } from '@yinglian/persistence';
import { DicomWebClient, LauncherProcess, type Province, startProvince } from '@yinglian/testing';
import { eventually } from './eventually.js';

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
  /** What the command says of an export that is made now. */
  const verified = async (...witnesses: string[]) => {
    await writeFile(inHome('export.ndjson'), await (await asAuditor('export')).text());
    const witness = witnesses.length === 0 ? [] : ['--witness', ...witnesses];
    const args = ['verify-audit', inHome('export.ndjson'), '--keys', inHome('keys.txt'), '--json', ...witness];
    const run = LauncherProcess.run(args, province.environment);
    const code = await run.ended;
    return { code, ...(JSON.parse(run.output) as { size: number; findings: Finding[] }) };
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
    for (let n = 0; n < 20; n += 1) await client.find(`/studies?AccessionNumber=A${n}`);
    const { verifierKeys } = (await (await asAuditor('keys')).json()) as { verifierKeys: string[] };
    await writeFile(inHome('keys.txt'), verifierKeys.join('\n'));
  }, 180_000);
  afterAll(() => province.stop(), 60_000);

  it('is verified offline, and by what every hospital keeps', async () => {
    const latest = await eventually(
      'every gateway has seen it',
      async () => {
        const all = await Promise.all(['H001', 'H002', 'H003'].map(latestAt));
        return all.every((checkpoint) => sizeOf(checkpoint) >= 20) && all;
      },
      60_000,
    );
    const report = await verified(...['H001', 'H002', 'H003'].map((code) => witnessed(code, 'latest.txt')));
    expect(report).toMatchObject({ code: 0, findings: [] });
    for (const checkpoint of latest) expect(report.size).toBeGreaterThanOrEqual(sizeOf(checkpoint));
  }, 120_000);

  it('names the record that somebody with the database’s password changed', async () => {
    await inDatabase(`UPDATE accesses SET display_name = '别人' WHERE position = 7`);
    expect(await verified()).toMatchObject({ code: 1, findings: [{ kind: 'changed', index: 7 }] });
  }, 60_000);

  it('that is sealed anew by whoever has the key too is found by what hospitals keep, and their gateways warn', async () => {
    const before = sizeOf(await latestAt('H003'));
    await inDatabase('TRUNCATE log_tiles, log_checkpoints');
    await eventually('it is sealed anew', async () => (await asAuditor('checkpoint')).status === 200);
    expect(await verified()).toMatchObject({ code: 0, findings: [] });
    expect(await verified(witnessed('H003', 'latest.txt'))).toMatchObject({
      code: 1,
      findings: [{ kind: 'not-as-sealed', from: 0, to: before - 1 }],
    });
    await eventually(
      'every gateway warns',
      async () => {
        const seen = ['H001', 'H002', 'H003'].map((code) => readFile(witnessed(code, 'contradictions.txt'), 'utf8'));
        return (await Promise.all(seen)).every((note) => note.includes('— '));
      },
      60_000,
    );
    const log = await readFile(inHome(join('logs', 'gateway-H003.log')), 'utf8');
    expect(log).toContain('AUDIT_LOG_CONTRADICTS');
  }, 120_000);
});
