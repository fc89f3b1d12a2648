import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@yinglian/persistence';
import {
  cosign,
  cosignedAt,
  includesTile,
  isConsistent,
  KeyRing,
  readWitnessKey,
  verifyExport,
  witnessKeyText,
} from '@yinglian/transparency-log';
import { SealLogHandler } from '../seal-log/seal-log.handler.js';
import { SealLogWorker } from '../seal-log/seal-log.worker.js';
import { AuditLogStore } from '../storage/audit-log.store.js';
import { ConsentAuditService } from '../testing/consent-audit-service.js';

const ORIGIN = 'yinglian.invalid/audit';
const nameOf = (hospital: string) => `${ORIGIN}/witness/${hospital}`;
const newKey = () => generateKeyPairSync('ed25519').privateKey;

describe('witnesses of the audit log', () => {
  let service: ConsentAuditService;
  const [h001, h002] = [newKey(), newKey()];

  const witness = (hospital: string | null, path: string, method = 'GET', body?: object) =>
    service.askAsProgram(hospital, ['gateway:read'], method, `log/${path}`, body);
  const auditor = (path: string) => service.ask('auditor', null, 'GET', path);
  /** A look, sealed in a minute of its own. */
  const sealedAt = async (time: string) => {
    await auditor(`accesses?actor=${randomUUID()}`);
    await service.settled();
    while ((await service.app.get(SealLogHandler).execute(new Date(time))) > 0);
    return checkpoint();
  };
  const checkpoint = async () => {
    const newest = await new AuditLogStore(service.app.get(Database)).newestCheckpoint();
    if (newest === undefined) throw new Error('Nothing is sealed');
    return newest;
  };
  const signed = (hospital: string, key: KeyObject, { size, note }: { size: number; note: string }) => ({
    size,
    verifierKey: witnessKeyText(nameOf(hospital), key),
    cosignature: cosign(note, nameOf(hospital), key, new Date()).trimEnd(),
  });

  beforeAll(async () => {
    service = await ConsentAuditService.start();
    // Here it is sealed when the specs say so.
    await service.app.get(SealLogWorker).onModuleDestroy();
  });
  afterAll(() => service.stop());

  it('are given the last checkpoint of a minute that is over, which the newest begins with', async () => {
    const lasting = await sealedAt('2026-01-01T00:00:30Z');
    const newest = await sealedAt('2026-01-01T00:01:30Z');
    const { body } = await witness('H001', `consistency?from=${lasting.size}`);
    const ring = KeyRing.of(ORIGIN, (await auditor('log/keys')).body.verifierKeys);
    expect(body.checkpoint).toBe(newest.note);
    const [smaller, larger] = [ring.open(body.lasting.checkpoint), ring.open(body.checkpoint)];
    const proof = body.lasting.proof.map((hash: string) => Buffer.from(hash, 'base64'));
    expect(isConsistent(proof, smaller, larger)).toBe(true);
    expect(smaller.size).toBeGreaterThanOrEqual(lasting.size);
  });

  it('are given whole tiles of hashes, with the proof that the tree has them', async () => {
    const looks = Array.from({ length: 300 }, () => auditor(`accesses?actor=${randomUUID()}`));
    await Promise.all(looks);
    const { size, note } = await sealedAt('2026-01-01T00:02:30Z');
    const { root } = KeyRing.of(ORIGIN, (await auditor('log/keys')).body.verifierKeys).open(note);
    const { status, body } = await witness('H001', `tiles?size=${size}&tiles=0`);
    expect([status, body.tiles.map(({ tile }: { tile: number }) => tile)]).toEqual([200, [0]]);
    const [{ hashes, proof }] = body.tiles;
    const path = proof.map((hash: string) => Buffer.from(hash, 'base64'));
    expect(includesTile(path, 0, Buffer.from(hashes, 'base64'), { size, root })).toBe(true);
    // As an export has it.
    expect(await service.text('auditor', 'log/export')).toContain(JSON.stringify({ tile: 0, hashes }));
    for (const [asked, code] of [
      [`size=${size}&tiles=${Math.floor(size / 256)}`, 'LOG_NOT_SEALED'],
      [`size=255&tiles=0`, 'LOG_NOT_SEALED'],
      [`size=${size + 1}&tiles=0`, 'LOG_NOT_SEALED'],
      [`size=${size}&tiles=x`, 'INVALID_REQUEST'],
      [`size=${size}&tiles=${Array(65).fill(0)}`, 'INVALID_REQUEST'],
    ])
      expect((await witness('H001', `tiles?${asked}`)).body.code).toBe(code);
  });

  it('stand under what they signed, in the checkpoint that is served and in exports', async () => {
    const kept = await checkpoint();
    for (const [hospital, key] of [
      ['H001', h001],
      ['H002', h002],
    ] as const)
      expect((await witness(hospital, 'cosignatures', 'POST', signed(hospital, key, kept))).status).toBe(204);
    const served = await service.text('auditor', 'log/checkpoint?cosigned=true');
    const texts = [witnessKeyText(nameOf('H001'), h001), witnessKeyText(nameOf('H002'), h002)];
    for (const text of texts) expect(cosignedAt(served, readWitnessKey(text))).toBeInstanceOf(Date);
    const exported = await service.text('auditor', 'log/export');
    const { verifierKeys } = (await auditor('log/keys')).body;
    const report = await verifyExport(linesOf(exported), { verifierKeys, witnessKeys: texts });
    expect(report.findings).toEqual([]);
    expect(report.witnesses).toMatchObject([
      { name: nameOf('H001'), size: kept.size },
      { name: nameOf('H002'), size: kept.size },
    ]);
  });

  it('are shown by hospital: what each signed last, and by which key', async () => {
    const { size } = await checkpoint();
    const verifierKey = witnessKeyText(nameOf('H001'), h001);
    const { witnesses } = (await auditor('log/witnesses')).body;
    expect(witnesses).toMatchObject([{ hospital: 'H001', verifierKey, size }, { hospital: 'H002' }]);
    expect(Date.now() - Date.parse(witnesses[0].witnessedAt)).toBeLessThan(60_000);
  });

  it('may repeat themselves; of an hour the newest is kept', async () => {
    const kept = await sealedAt('2026-01-01T00:03:00Z');
    for (let n = 0; n < 2; n += 1)
      expect((await witness('H001', 'cosignatures', 'POST', signed('H001', h001, kept))).status).toBe(204);
    const rows = await service.app.get(Database).query("SELECT size FROM log_cosignatures WHERE hospital = 'H001'");
    expect(rows).toEqual([{ size: String(kept.size) }]);
  });

  it('keep the checkpoint that they signed, whatever is sealed in its minute later', async () => {
    const kept = await sealedAt('2026-01-01T00:04:00Z');
    await witness('H002', 'cosignatures', 'POST', signed('H002', h002, kept));
    await sealedAt('2026-01-01T00:04:30Z');
    expect(await new AuditLogStore(service.app.get(Database)).checkpointOf(kept.size)).toEqual(kept);
  });

  it('are taken at their first key; another one is a deed that auditors see', async () => {
    const kept = await checkpoint();
    await witness('H002', 'cosignatures', 'POST', signed('H002', newKey(), kept));
    await service.settled();
    const deeds = async (action: string) =>
      (await auditor(`accesses?action=${action}`)).body.items.map(
        ({ actor }: { actor: { subject: string } }) => actor.subject,
      );
    expect(await deeds('witness.add')).toEqual(['client:gateway-H002', 'client:gateway-H001']);
    expect(await deeds('witness.change')).toEqual(['client:gateway-H002']);
  });

  it.each<[string, (kept: { size: number; note: string }) => object]>([
    [
      'another checkpoint',
      (kept) => ({ ...signed('H001', h001, { ...kept, note: kept.note.replace('sealed', 'Sealed') }) }),
    ],
    ['another hospital’s name', (kept) => signed('H002', h002, kept)],
    [
      'another key',
      (kept) => ({ ...signed('H001', newKey(), kept), verifierKey: witnessKeyText(nameOf('H001'), h001) }),
    ],
    ['no key', (kept) => ({ ...signed('H001', h001, kept), verifierKey: 'x' })],
  ])('are refused with a signature of %s', async (_, wrong) => {
    const answer = await witness('H001', 'cosignatures', 'POST', wrong(await checkpoint()));
    expect(answer).toMatchObject({ status: 422, body: { code: 'COSIGNATURE_REFUSED' } });
  });

  it('are hospitals’ gateways, and nobody else', async () => {
    const kept = await checkpoint();
    const own = signed('H001', h001, kept);
    expect((await service.ask('auditor', null, 'POST', 'log/cosignatures', own)).status).toBe(403);
    expect((await service.askAsProgram('H001', ['patients:write'], 'POST', 'log/cosignatures', own)).status).toBe(403);
    expect(await witness(null, 'cosignatures', 'POST', own)).toMatchObject({ status: 422 });
    expect(await witness('H001', 'cosignatures', 'POST', { ...own, size: 999_999 })).toMatchObject({ status: 404 });
    expect(
      await witness('H001', 'cosignatures', 'POST', { ...own, cosignature: `${own.cosignature}\n— x AAAA` }),
    ).toMatchObject({ status: 400 });
  });
});

async function* linesOf(text: string) {
  yield* text.split('\n');
}
