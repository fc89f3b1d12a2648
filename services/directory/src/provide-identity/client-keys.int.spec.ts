import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientAssertion } from '@yinglian/platform';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { DirectoryService } from '../testing/directory-service.js';
import { LAUNCHER_SECRET } from '../testing/seed.js';

const CLIENT = { clientId: 'his-H001', scopes: ['patients:write'], hospital: 'H001' };

describe('programs that sign', () => {
  let directory: DirectoryService;
  let admin: string;
  let first: Key;
  let second: Key;

  beforeAll(async () => {
    directory = await DirectoryService.start();
    admin = await directory.personToken('admin');
    [first, second] = await Promise.all([key('2026-a'), key('2026-b')]);
  });
  afterAll(() => directory?.stop());

  const ask = async (proof: Record<string, string>) => {
    const response = await fetch(`${directory.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', ...proof }),
    });
    const { access_token: token = '', error } = (await response.json()) as { access_token?: string; error?: string };
    return { status: response.status, token, error };
  };
  const signed = ({ secret }: Key, clientId = CLIENT.clientId, audience = directory.issuer) =>
    clientAssertion(clientId, secret, audience);
  const askWith = async (signer: Key, clientId?: string) => ask(await signed(signer, clientId));
  const setKeys = async (...keys: Key[]) =>
    (await directory.ask(admin, 'PUT', `clients/${CLIENT.clientId}/keys`, jwks(...keys))).status;

  it('get tokens by their private key, of which the province has the public half', async () => {
    const added = await directory.ask(admin, 'POST', 'clients', { ...CLIENT, jwks: jwks(first) });
    expect([added.status, added.body]).toEqual([201, { clientId: CLIENT.clientId }]);
    const { token } = await askWith(first);
    expect(await directory.tokens.verify(token, undefined)).toEqual({
      ok: true,
      value: { kind: 'service', ...CLIENT },
    });
    const { body } = await directory.ask(admin, 'GET', 'clients');
    expect(body.clients).toContainEqual({ ...CLIENT, purpose: 'patient-feed', keys: ['2026-a'] });
  });

  it('are refused with another key, a statement used before, one for somebody else, and without one', async () => {
    const once = await signed(first);
    expect((await ask(once)).status).toBe(200);
    const secret = await directory.serviceToken(CLIENT.clientId, 'a-secret-that-it-does-not-have');
    const refused = [
      await askWith(second),
      await ask(once),
      await ask(await signed(first, CLIENT.clientId, 'https://elsewhere.example/oidc')),
      await ask({ client_id: CLIENT.clientId }),
      secret,
    ];
    expect(refused.map(({ error }) => error)).toEqual(refused.map(() => 'invalid_client'));
    expect((await ask({ ...(await signed(first)), client_id: 'launcher' })).error).toBe('invalid_request');
  });

  it('change their key without a stop', async () => {
    expect(await setKeys(first, second)).toBe(204);
    expect([(await askWith(first)).status, (await askWith(second)).status]).toEqual([200, 200]);
    expect(await setKeys(second)).toBe(204);
    expect([(await askWith(first)).error, (await askWith(second)).status]).toEqual(['invalid_client', 200]);
  });

  it('change from keys to a secret and back, and have one of the two', async () => {
    const { body } = await directory.ask(admin, 'POST', `clients/${CLIENT.clientId}/secret`);
    expect((await directory.serviceToken(CLIENT.clientId, body.clientSecret)).status).toBe(200);
    expect((await askWith(second)).error).toBe('invalid_client');
    expect(await setKeys(second)).toBe(204);
    expect((await directory.serviceToken(CLIENT.clientId, body.clientSecret)).error).toBe('invalid_client');
    expect((await askWith(second)).status).toBe(200);
  });

  it('send no private key, no short one and none twice', async () => {
    const refused = [
      { keys: [first.secret] },
      { keys: [] },
      jwks(first, first),
      { keys: [{ kty: 'RSA', n: 'AQAB'.repeat(40), e: 'AQAB', kid: 'short' }] },
    ];
    for (const body of refused) {
      const answer = await directory.ask(admin, 'PUT', `clients/${CLIENT.clientId}/keys`, body);
      expect([answer.status, answer.body.code]).toEqual([400, 'INVALID_REQUEST']);
    }
    expect((await directory.ask(admin, 'PUT', 'clients/nobody/keys', jwks(first))).status).toBe(404);
  });

  it('may be gateways, which get no secret then', async () => {
    const { token: launcher } = await directory.serviceToken('launcher', LAUNCHER_SECRET);
    const enrol = (...keys: Key[]) =>
      directory.ask(launcher, 'POST', 'hospitals/H001/gateway-credential', { jwks: jwks(...keys) });
    const { status, body } = await enrol(first);
    expect([status, body]).toEqual([201, { clientId: 'gateway-H001' }]);
    const { token } = await askWith(first, 'gateway-H001');
    expect((await directory.ask(token, 'GET', 'hospitals/H001/gateway-configuration')).status).toBe(200);
    await enrol(first, second);
    expect((await askWith(second, 'gateway-H001')).status).toBe(200);
    const bare = await directory.ask(launcher, 'POST', 'hospitals/H001/gateway-credential');
    expect(Object.keys(bare.body)).toEqual(['clientId', 'clientSecret']);
  });
});

interface Key {
  readonly secret: JWK;
  readonly open: JWK;
}

async function key(kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  return { secret: { ...(await exportJWK(privateKey)), kid }, open: { ...(await exportJWK(publicKey)), kid } };
}

const jwks = (...keys: Key[]) => ({ keys: keys.map(({ open }) => open) });
