import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentKey } from '../storage/document.store.js';
import { sha256 } from '../testing/pack-of.js';
import { RegistryService } from '../testing/registry-service.js';

describe('a document of a report', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  const put = async (
    bytes: Buffer,
    { digest = sha256(bytes), hospital = 'H001' as string | null, contentType = 'application/octet-stream' } = {},
  ) => {
    const token = await registry.issuer.serviceToken({ clientId: 'gateway', scopes: ['packs:write'], hospital });
    const { status, json } = await registry.ask('PUT', `/api/study-registry/documents/${digest}`, {
      body: bytes,
      headers: { authorization: `Bearer ${token}`, 'content-type': contentType },
    });
    return [status, json?.code];
  };
  const kept = () =>
    registry.database.query('SELECT hospital, digest, size_bytes::int FROM documents ORDER BY received_at');

  it('is kept byte for byte, once for each hospital that brings it', async () => {
    const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(200_000)]);
    expect(await put(pdf)).toEqual([201, undefined]);
    expect(await put(pdf)).toEqual([200, undefined]);
    expect(await put(pdf, { hospital: 'H002' })).toEqual([201, undefined]);
    expect(await kept()).toEqual(
      ['H001', 'H002'].map((hospital) => ({ hospital, digest: sha256(pdf), size_bytes: pdf.length })),
    );
    expect(await readFile(join(registry.environment.OBJECTS_FOLDER ?? '', documentKey(sha256(pdf))))).toEqual(pdf);
  });

  it('is refused when it is not what its address says, too long, no stream, or of nobody', async () => {
    const before = await kept();
    expect(await put(randomBytes(10), { digest: '0'.repeat(64) })).toEqual([422, 'DOCUMENT_DIGEST_MISMATCH']);
    expect(await put(Buffer.alloc(32 * 1024 * 1024 + 1))).toEqual([413, 'DOCUMENT_TOO_LARGE']);
    expect(await put(Buffer.from('{}'), { contentType: 'application/json' })).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect(await put(randomBytes(10), { hospital: null })).toEqual([403, 'GATEWAY_WITHOUT_HOSPITAL']);
    expect(await kept()).toEqual(before);
  });
});
