import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import { messagingMigrations } from '../messaging.module.js';
import { cupEvents, recordOf } from '../testing/cup-events.js';
import { claim, pruneInbox, unclaim } from './inbox.store.js';

const poured = (pour: number) => recordOf(cupEvents('cup.poured.v1'), { cup: 'a', pour });

describe('the inbox', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
    const url = await postgres.createDatabase();
    await migrate(url, messagingMigrations);
    database = postgres.connect(url);
  });
  afterAll(() => postgres.stop());

  it('lets an event through once, also when it comes twice in one batch', async () => {
    const [one, two] = [poured(1), poured(2)];
    expect(await claim(database, [one, two, one])).toEqual([one, two]);
    expect(await claim(database, [two])).toEqual([]);
    await unclaim(database, [two]);
    expect(await claim(database, [one, two])).toEqual([two]);
  });

  it('takes the same id on another topic for another event: only topics are guarded', async () => {
    const one = poured(1);
    const forged = { ...one, topic: 'hospital.H002' };
    expect(await claim(database, [forged])).toEqual([forged]);
    expect(await claim(database, [one])).toEqual([one]);
  });

  it('lets one of two transactions have the event, and the other one only if the first fails', async () => {
    const one = poured(1);
    let fail: (reason: Error) => void = () => {};
    const claimed = new Promise<void>((resolve) => {
      void database
        .transaction(async (tx) => {
          await claim(tx, [one]);
          resolve();
          await new Promise((_, reject) => {
            fail = reject;
          });
        })
        .catch(() => {});
    });
    await claimed;
    const other = claim(database, [one]);
    fail(new Error('The tea is cold'));
    expect(await other).toEqual([one]);
  });

  it('forgets after two weeks', async () => {
    const [old, young] = [poured(1), poured(2)];
    await claim(database, [old, young]);
    const age = 'UPDATE inbox SET consumed_at = now() - $1::interval WHERE event_id = $2';
    await database.query(age, ['14 days 1 minute', old.eventId]);
    await database.query(age, ['13 days 23 hours', young.eventId]);
    await pruneInbox(database);
    expect(await claim(database, [old, young])).toEqual([old]);
  });
});
