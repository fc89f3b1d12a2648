import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import { directoryMigrations } from '../directory.module.js';
import { deleteSecondFactors, useRecoveryCode } from './second-factor.store.js';
import { findClient } from './service-client.store.js';
import { findPassword, versionsOf } from './staff.store.js';

/** Up to how people sign in; what comes behind is the upgrade. */
const MIGRATIONS_BEFORE = 6;

describe('a home from before duties excluded one another', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
    const url = await postgres.createDatabase();
    await migrate(url, directoryMigrations, MIGRATIONS_BEFORE);
    database = postgres.connect(url);
    await database.query(
      `INSERT INTO staff (username, display_name, roles, password_hash, version, changed_at) VALUES
         ('both', '兼任', '{administrator,auditor}', 'hash', 4, '2026-11-01T00:00:00Z'),
         ('steward', '管理', '{steward}', 'hash', 2, '2026-11-02T00:00:00Z')`,
    );
    await database.query(
      `INSERT INTO service_clients (client_id, secret_hash, scopes, changed_at)
       VALUES ('old', 'digest', '{stow:write,persons:read}', now())`,
    );
    await database.query(`INSERT INTO authenticator_apps VALUES ('steward', 'secret', 7, now())`);
    await database.query(`INSERT INTO recovery_codes VALUES ('steward', 'one'), ('steward', 'two')`);
    await migrate(url, directoryMigrations);
  });
  afterAll(() => postgres.stop());

  it('keeps its accounts as they were, of which one cannot act', async () => {
    expect(await findPassword(database, 'both')).toEqual({ hash: 'hash', mayAct: false });
    expect(await findPassword(database, 'steward')).toEqual({ hash: 'hash', mayAct: true });
    expect(await versionsOf(database, 'both', 10)).toEqual([
      {
        username: 'both',
        displayName: '兼任',
        roles: ['administrator', 'auditor'],
        hospital: null,
        department: null,
        active: true,
        version: 4,
        changedAt: new Date('2026-11-01T00:00:00Z'),
        changedBy: null,
      },
    ]);
  });

  it('takes a role away or closes the account, and no change that leaves it as it is', async () => {
    const change = (set: string) => database.query(`UPDATE staff SET ${set} WHERE username = 'both'`);
    await expect(change(`display_name = '仍兼任'`)).rejects.toThrow('staff_duties_apart');
    await change('active = false');
    await expect(change('active = true')).rejects.toThrow('staff_duties_apart');
    await change(`roles = '{auditor}', active = true`);
  });

  it('keeps its apps and recovery codes, which go together', async () => {
    expect(await useRecoveryCode(database, 'steward', 'one', new Date())).toBe(true);
    expect(await deleteSecondFactors(database, 'steward')).toBe(true);
    expect(await useRecoveryCode(database, 'steward', 'two', new Date())).toBe(false);
  });

  it('keeps its programs, with their secrets', async () => {
    expect(await findClient(database, 'old')).toEqual({
      clientId: 'old',
      scopes: ['stow:write', 'persons:read'],
      hospital: null,
      proof: { secretHash: 'digest' },
    });
  });
});
