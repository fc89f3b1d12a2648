import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, type JWK, jwtVerify } from 'jose';
import { Agent } from 'undici';
import { AccessToken } from './access-token.js';
import { byKeyFile, bySecret } from './client-proof.js';

const ISSUER = 'https://province.example/oidc';

describe('what a gateway proves itself by', () => {
  const line = new Agent();
  const told: { authorization: string | undefined; form: URLSearchParams }[] = [];
  let server: Server;
  let folder: string;
  let tokenUrl: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-client-proof-'));
    server = createServer(async (request, response) => {
      told.push({ authorization: request.headers.authorization, form: new URLSearchParams(await text(request)) });
      response.end(JSON.stringify({ access_token: 'a-token', expires_in: 600 }));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  });
  afterAll(async () => {
    await line.close();
    server.close();
    await rm(folder, { recursive: true });
  });

  const newKey = (kid: string) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const open: JWK = { ...publicKey.export({ format: 'jwk' }), kid } as JWK;
    return { open, secret: JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid }) };
  };
  const byKey = (path: string) =>
    new AccessToken({ tokenUrl, scope: 'packs:write', prove: byKeyFile('gateway-H001', path, ISSUER) });

  it('is a statement for one use, signed by the key that lies in its file at that moment', async () => {
    const path = join(folder, 'key.json');
    const keys = [newKey('2026-a'), newKey('2026-b')];
    const token = byKey(path);
    const ids = new Set<unknown>();
    for (const { open, secret } of keys) {
      await writeFile(path, secret);
      token.forget();
      await token.get(line);
      const { authorization, form } = told.at(-1) ?? {};
      expect([authorization, form?.get('client_id'), form?.get('scope')]).toEqual([
        undefined,
        'gateway-H001',
        'packs:write',
      ]);
      const { payload, protectedHeader } = await jwtVerify(
        form?.get('client_assertion') ?? '',
        createLocalJWKSet({ keys: [open] }),
        { issuer: 'gateway-H001', subject: 'gateway-H001', audience: ISSUER },
      );
      expect(protectedHeader).toEqual({ alg: 'ES256', kid: open.kid });
      ids.add(payload.jti);
    }
    expect(ids.size).toBe(2);
  });

  it.each([
    ['is not there', undefined],
    ['holds no JSON', 'd0-not-tell-this'],
    ['holds a public key', JSON.stringify(newKey('public').open)],
  ])('is none when its file %s, which is told without what it holds', async (_, content) => {
    const path = join(folder, `${Math.random()}.json`);
    if (content !== undefined) await writeFile(path, content);
    const asked = byKey(path).get(line);
    await expect(asked).rejects.toThrow(/The gateway's key cannot be read: (it is no private JWK|Error: ENOENT)/);
    await expect(byKey(path).get(line)).rejects.not.toThrow(/d0-not-tell-this/);
  });

  it('may be a secret', async () => {
    await new AccessToken({ tokenUrl, scope: 's', prove: bySecret('gateway-H001', 'a b') }).get(line);
    expect(told.at(-1)?.authorization).toBe(`Basic ${Buffer.from('gateway-H001:a%20b').toString('base64')}`);
  });
});
