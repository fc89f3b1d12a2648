import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database, Sql } from '@yinglian/persistence';
import { Explained, filledDatabase, type TestPostgres } from '@yinglian/testing';
import { directoryMigrations } from '../directory.module.js';
import { linkedAccounts } from './linked-identity.store.js';
import { findPasskey, passkeysOf, usePasskey } from './passkey.store.js';
import { saveChallenge, sweepChallenges, takeChallenge } from './passkey-challenge.store.js';
import { accountsWithSecondFactor, hasSecondFactor, useRecoveryCode } from './second-factor.store.js';

const ID = '00000000-0000-0000-0000-000000000007';
/** 100,000 staff, each with two passkeys, every other one with an app, ten recovery codes and an identity at a hospital; 10,000 of them at the sign-in. */
const FILL = [
  `INSERT INTO staff (username, display_name, roles, password_hash, changed_at)
   SELECT 'dr.' || n, '', '{auditor}', '', now() FROM generate_series(1, 100000) n`,
  `INSERT INTO authenticator_apps SELECT 'dr.' || n, '', 0, now() FROM generate_series(1, 100000, 2) n`,
  `INSERT INTO passkeys (id, account, credential_id, public_key, counter, transports, name, added_at)
   SELECT lpad(n::text, 32, '0')::uuid, 'dr.' || n % 100000 + 1, 'key' || n, '', 0, '{}', '', now() FROM generate_series(1, 200000) n`,
  `INSERT INTO recovery_codes SELECT 'dr.' || n % 100000 + 1, 'code' || n FROM generate_series(1, 1000000) n`,
  `INSERT INTO linked_identities SELECT 'https://h.example', n::text, 'dr.' || n, now() FROM generate_series(1, 100000, 2) n`,
  `INSERT INTO passkey_challenges SELECT 'i' || n, 'dr.' || n, '', now() + interval '1 minute' FROM generate_series(1, 10000) n`,
  'VACUUM ANALYZE',
];

describe('how people sign in, in a large province', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase([directoryMigrations], FILL));
  }, 180_000);
  afterAll(() => postgres.stop());

  const page = Array.from({ length: 50 }, (_, n) => `dr.${n + 1}`);
  const ceremony = { holder: 'i7', account: 'dr.7' };

  it.each<[string, (sql: Sql) => Promise<unknown>, found: unknown]>([
    ['the passkeys of an account', async (sql) => (await passkeysOf(sql, 'dr.8')).length, 2],
    ['a passkey of an account', async (sql) => (await findPasskey(sql, 'dr.8', 'key7'))?.id, ID],
    ['whether an account has a second factor', (sql) => hasSecondFactor(sql, 'dr.8'), true],
    ['whether those of a page have one', async (sql) => (await accountsWithSecondFactor(sql, page)).size, 50],
    ['who of a page is linked', async (sql) => (await linkedAccounts(sql, page)).size, 25],
  ])('%s: by an index', async (_, query, found) => {
    const explained = new Explained(database);
    expect([await query(explained), explained.scanned]).toEqual([found, []]);
    expect(explained.blocks).toBeLessThan(600);
  });

  it('what is signed, used and forgotten is found by an index', async () => {
    const explained = new Explained(database);
    await usePasskey(explained, ID, 1, new Date());
    await useRecoveryCode(explained, 'dr.8', 'code7', new Date());
    await saveChallenge(explained, ceremony, 'new');
    await takeChallenge(explained, ceremony);
    await sweepChallenges(explained);
    expect(explained.scanned).toEqual([]);
    expect(explained.blocks).toBeLessThan(200);
  });
});
