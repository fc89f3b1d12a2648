import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@yinglian/persistence';
import { KeyRing, keysOfFile, newKeyFile, verifierKey, verifyExport } from '@yinglian/transparency-log';
import { AuditLogStore } from '../storage/audit-log.store.js';
import { ConsentAuditService } from '../testing/consent-audit-service.js';
import { SealLogHandler } from './seal-log.handler.js';

const ORIGIN = 'yinglian.invalid/audit';
const keysIn = (pem: string) => keysOfFile(pem).map((key) => verifierKey(ORIGIN, key));

describe('the keys of an audit log that is in use', () => {
  let service: ConsentAuditService;
  const next = newKeyFile();
  let first: string;
  let before: string[];
  let kept: string;

  const keys = async () => (await service.ask('auditor', null, 'GET', 'log/keys')).body;
  const newest = async () => (await new AuditLogStore(service.app.get(Database)).newestCheckpoint())?.note ?? '';
  /** Somebody looks, which is a record, and it is sealed. */
  const looked = async () => {
    await service.ask('auditor', null, 'GET', `accesses?actor=${randomUUID()}`);
    await service.settled();
    while ((await service.app.get(SealLogHandler).execute(new Date())) > 0);
  };
  const verified = async (verifierKeys: string[]) => {
    const text = await service.text('auditor', 'log/export');
    const report = await verifyExport(linesOf(text), { verifierKeys, witnessed: [kept] });
    return report.findings;
  };

  beforeAll(async () => {
    service = await ConsentAuditService.start();
    await looked();
    before = (await keys()).verifierKeys;
    kept = await newest();
    await service.rotateKeys((file) => {
      first = file;
      return file + next;
    });
    await looked();
  });
  afterAll(() => service.stop());

  it('become those that were added to the file, and the turn leads there', async () => {
    const { verifierKeys, turns } = await keys();
    expect(verifierKeys).toEqual(keysIn(next));
    expect(turns).toHaveLength(1);
    const ring = KeyRing.of(ORIGIN, before).following(turns);
    const { size } = ring.open(turns[0]);
    expect(ring.lines()).toEqual([...before.map((key) => `${key} until ${size}`), ...keysIn(next)]);
    await looked();
    expect(ring.open(await newest()).size).toBeGreaterThan(size);
  });

  it('of before are not needed any more, nor do they sign', async () => {
    await service.rotateKeys(() => next);
    await looked();
    const note = await newest();
    expect(() => KeyRing.of(ORIGIN, before).open(note)).toThrow(/Nobody who is trusted/);
    expect(KeyRing.of(ORIGIN, keysIn(next)).open(note).size).toBeGreaterThan(0);
  });

  it('leave what was signed before verifiable, from whichever keys are known', async () => {
    expect(await verified(before)).toEqual([]);
    expect(await verified(keysIn(next))).toEqual([]);
    expect(await verified(keysIn(newKeyFile()))).toContainEqual(expect.objectContaining({ kind: 'not-signed' }));
  });

  it('are a record of the log when they turn', async () => {
    const { items } = (await service.ask('auditor', null, 'GET', 'accesses?action=audit-keys.turn')).body;
    expect(items).toMatchObject([{ actor: { subject: '-' }, decision: { code: 'DONE' } }]);
  });

  it('are not those of before once more: nothing is sealed by a file of then', async () => {
    await service.rotateKeys(() => first);
    await service.ask('auditor', null, 'GET', 'accesses?actor=late');
    await service.settled();
    await expect(service.app.get(SealLogHandler).execute(new Date())).rejects.toThrow(/retired/);
  });
});

async function* linesOf(text: string) {
  yield* text.split('\n');
}
