import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import { providerAdapter } from '../provide-identity/provider.adapter.js';
import { sweepRecords } from './provider-record.store.js';

describe('what the OpenID provider keeps', () => {
  let postgres: TestPostgres;
  let database: ReturnType<TestPostgres['connect']>;

  beforeAll(async () => {
    postgres = await TestPostgres.start();
    const url = await postgres.createDatabase();
    await migrate(url, { folder: new URL('../../migrations/', import.meta.url), table: 'directory_migrations' });
    database = postgres.connect(url);
  });
  afterAll(() => postgres?.stop());

  it('is found by id and by uid, replaced, consumed and destroyed', async () => {
    const sessions = providerAdapter(database, 'Session');
    await sessions.upsert('s1', { uid: 'u1', accountId: 'dr.lin' }, 60);
    await sessions.upsert('s1', { uid: 'u1', accountId: 'dr.chen' }, 60);
    expect(await sessions.find('s1')).toEqual({ uid: 'u1', accountId: 'dr.chen' });
    expect(await sessions.findByUid('u1')).toEqual({ uid: 'u1', accountId: 'dr.chen' });
    expect(await providerAdapter(database, 'Interaction').findByUid('u1')).toBeUndefined();
    await sessions.consume('s1');
    expect(await sessions.find('s1')).toMatchObject({ consumed: expect.any(Number) });
    await sessions.destroy('s1');
    expect(await sessions.find('s1')).toBeUndefined();
  });

  it('of one grant is revoked together, each kind by itself', async () => {
    const [codes, refreshTokens] = ['AuthorizationCode', 'RefreshToken'].map((model) =>
      providerAdapter(database, model),
    );
    await codes?.upsert('c1', { grantId: 'g1' }, 60);
    await refreshTokens?.upsert('r1', { grantId: 'g1' }, 60);
    await refreshTokens?.upsert('r2', { grantId: 'g2' }, 60);
    await refreshTokens?.revokeByGrantId('g1');
    expect(await Promise.all([codes?.find('c1'), refreshTokens?.find('r1'), refreshTokens?.find('r2')])).toEqual([
      { grantId: 'g1' },
      undefined,
      { grantId: 'g2' },
    ]);
  });

  it('is not found once it has expired, and is swept away', async () => {
    const codes = providerAdapter(database, 'AuthorizationCode');
    await sweepRecords(database);
    await codes.upsert('late', { grantId: 'g3' }, -1);
    await codes.upsert('in time', { grantId: 'g3' }, 60);
    expect(await codes.find('late')).toBeUndefined();
    expect(await sweepRecords(database)).toBe(1);
    expect(await codes.find('in time')).toEqual({ grantId: 'g3' });
  });
});
