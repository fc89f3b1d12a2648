import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Database, migrate } from '@yinglian/persistence';
import { spawnBuilt, TestPostgres } from '@yinglian/testing';
import { EventProcessor } from '../consume-events/event-processor.js';
import type { ReceivedEvent } from '../consume-events/received-event.js';
import { listLetters } from '../dead-letters/dead-letter.store.js';
import { messagingMigrations } from '../messaging.module.js';
import { type Cup, type CupEvent, cupEvents, recordOf } from '../testing/cup-events.js';
import type { EventLog, LogSubscription } from './event-log.js';

/** A broker that a test may kill, and clients of it. */
export interface LogUnderTest {
  open(name: string): EventLog;
  /** The same for a process: what it reads from its environment. */
  environment(name: string): Record<string, string>;
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

interface Member {
  readonly subscription: LogSubscription;
  readonly handled: ReceivedEvent<CupEvent>[];
  leave(): Promise<void>;
}

/** For what must happen some time, on however slow a machine. */
const PATIENCE_MS = 90_000;

/** What every event log must do, shown with real consumers that have a database. */
export function eventLogContract(name: string, start: () => Promise<LogUnderTest>): void {
  jest.setTimeout(240_000);
  describe(`the ${name} log`, () => {
    let postgres: TestPostgres;
    let broker: LogUnderTest;
    let database: Database;
    let databaseUrl: string;
    let publisher: EventLog;
    let poured: CupEvent;
    let members: Member[];
    let group: string;

    beforeAll(async () => {
      [postgres, broker] = await Promise.all([TestPostgres.start(), start()]);
    });
    afterAll(async () => {
      await broker.stop();
      await postgres.stop();
    });
    beforeEach(async () => {
      databaseUrl = await postgres.createDatabase('tea');
      await migrate(databaseUrl, messagingMigrations);
      database = postgres.connect(databaseUrl);
      await database.query(
        'CREATE TABLE cups (seq bigint GENERATED ALWAYS AS IDENTITY, cup text, pour int, member text)',
      );
      publisher = broker.open('kitchen');
      // A type of its own for each test: what other tests left in the topics is nobody's business here.
      poured = cupEvents(`cup.${randomUUID()}.v1`);
      group = `tea-${randomUUID().slice(0, 8)}`;
      members = [];
    });
    afterEach(async () => {
      await Promise.all(members.map((member) => member.leave()));
      await publisher.close();
    });

    type Effect = (batch: readonly ReceivedEvent<CupEvent>[]) => Promise<void> | void;

    /** A process of the service: effects into the one database, on a connection of its own to the log. */
    async function join(options: { as?: string; effect?: Effect } = {}): Promise<Member> {
      const handled: ReceivedEvent<CupEvent>[] = [];
      const processor = new EventProcessor(
        database,
        new Map([
          [
            poured.type,
            {
              definition: poured,
              async handle(batch, { tx }) {
                const cups = batch as readonly ReceivedEvent<CupEvent>[];
                for (const { data } of cups) {
                  const values = [data.cup, data.pour, options.as ?? 'one'];
                  await tx.query('INSERT INTO cups (cup, pour, member) VALUES ($1, $2, $3)', values);
                }
                await options.effect?.(cups);
                handled.push(...cups);
              },
            },
          ],
        ]),
      );
      const log = broker.open('tea');
      const subscription = await log.subscribe({
        group,
        families: ['persons', 'hospital'],
        onRecords: (records, signal) => processor.process(records, signal),
      });
      const leave = async () => {
        members = members.filter((other) => other !== member);
        await log.close();
      };
      const member: Member = { subscription, handled, leave };
      members.push(member);
      return member;
    }

    const pour = (cup: string, from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, index) => recordOf(poured, { cup, pour: from + index }));
    const cups = (count: number) => Array.from({ length: count }, (_, index) => `cup ${index}`);
    const applied = (): Promise<Cup[]> => database.query<Cup>('SELECT cup, pour FROM cups ORDER BY seq');
    const countApplied = async () => (await applied()).length;
    async function until(condition: () => Promise<boolean> | boolean, timeoutMs = PATIENCE_MS) {
      const deadline = Date.now() + timeoutMs;
      while (!(await condition())) {
        if (Date.now() > deadline) throw new Error('It did not happen in time');
        await sleep(20);
      }
    }
    async function expectEachOnceInOrder(expected: readonly Cup[]) {
      const inOrder = Map.groupBy(await applied(), ({ cup }) => cup);
      expect(Object.fromEntries(inOrder)).toEqual(Object.fromEntries(Map.groupBy(expected, ({ cup }) => cup)));
    }
    const poursOf = (names: readonly string[], to: number): Cup[] =>
      names.flatMap((cup) => Array.from({ length: to }, (_, index) => ({ cup, pour: index + 1 })));

    it('keeps the order of each key', async () => {
      const { subscription } = await join();
      for (let n = 1; n <= 30; n += 1) await publisher.append(cups(10).flatMap((cup) => pour(cup, n, n)));
      expect(await subscription.caughtUp(['persons'], PATIENCE_MS)).toBe(true);
      await expectEachOnceInOrder(poursOf(cups(10), 30));
    });

    it('delivers at least once, and effects happen once', async () => {
      const { subscription } = await join();
      const records = cups(5).flatMap((cup) => pour(cup, 1, 5));
      await publisher.append(records);
      await publisher.append(records);
      await publisher.append([...records.slice(0, 5), ...records.slice(0, 5)]);
      expect(await subscription.caughtUp(['persons'], PATIENCE_MS)).toBe(true);
      await expectEachOnceInOrder(poursOf(cups(5), 5));
    });

    it('hands events over in batches, each with one transaction', async () => {
      await publisher.append(pour('cup', 1, 300));
      const sizes: number[] = [];
      const { subscription } = await join({
        effect: (batch) => {
          sizes.push(batch.length);
        },
      });
      expect(await subscription.caughtUp(['persons'], PATIENCE_MS)).toBe(true);
      await expectEachOnceInOrder(poursOf(['cup'], 300));
      expect(sizes.length).toBeLessThan(30);
      expect(Math.max(...sizes)).toBeGreaterThan(20);
      const [row] = await database.query<{ transactions: number }>(
        'SELECT count(DISTINCT xmin::text)::int AS transactions FROM cups',
      );
      expect(row?.transactions).toBeLessThanOrEqual(sizes.length);
    });

    it('tries an event again with growing pauses, and not for ever', async () => {
      const triedAt: number[] = [];
      const { subscription } = await join({
        effect: () => {
          triedAt.push(performance.now());
          throw new Error('A fly in the tea');
        },
      });
      await publisher.append(pour('cup', 1, 1));
      expect(await subscription.caughtUp(['persons'], PATIENCE_MS)).toBe(true);
      const pauses = triedAt.slice(1).map((at, index) => at - (triedAt[index] ?? at));
      expect(pauses).toHaveLength(4);
      // Timers may be a millisecond early.
      for (const [n, least] of [49, 99, 199, 399].entries()) expect(pauses[n]).toBeGreaterThanOrEqual(least);
      expect(await countApplied()).toBe(0);
      expect((await listLetters(database, '0', 10)).map(({ state, attempts }) => ({ state, attempts }))).toEqual([
        { state: 'dead', attempts: 5 },
      ]);
    });

    it('tells how far a group has come', async () => {
      let pause: (() => void) | undefined;
      const { subscription } = await join({
        effect: ([first]) =>
          first?.data.cup === 'slow'
            ? new Promise<void>((resolve) => {
                pause = resolve;
              })
            : undefined,
      });
      await publisher.append(pour('quick', 1, 1));
      expect(await subscription.caughtUp(['persons'], PATIENCE_MS)).toBe(true);
      expect((await subscription.lag()).get('persons')).toBe(0);
      await publisher.append(pour('slow', 1, 1));
      await until(() => pause !== undefined);
      expect(await subscription.caughtUp(['persons'], 100)).toBe(false);
      expect((await subscription.lag()).get('persons')).toBe(1);
      pause?.();
      expect(await subscription.caughtUp(['persons'], PATIENCE_MS)).toBe(true);
    });

    it('finds topics of hospitals that join later', async () => {
      const { subscription } = await join();
      await publisher.append(pour('here', 1, 1));
      await subscription.caughtUp(['persons'], PATIENCE_MS);
      const hospital = `h${randomUUID().slice(0, 6)}`;
      const record = recordOf(poured, { cup: 'there', pour: 1, hospital });
      expect(record.topic).toBe(`hospital.${hospital}`);
      await publisher.append([record]);
      await until(async () => (await countApplied()) === 2);
      expect(await subscription.caughtUp(['hospital'], PATIENCE_MS)).toBe(true);
    });

    it('may be closed again', async () => {
      const log = broker.open('kitchen');
      await log.append(pour('cup', 1, 1));
      await Promise.all([log.close(), log.close()]);
      await log.close();
    });

    it('shares the work anew when a member joins and when it leaves, without losing or repeating anything', async () => {
      const names = cups(24);
      const first = await join({ as: 'first' });
      const round = async (n: number) => {
        await publisher.append(names.flatMap((cup) => pour(cup, n, n)));
        await sleep(25);
      };
      for (let n = 1; n <= 10; n += 1) await round(n);
      const second = await join({ as: 'second' });
      let n = 10;
      for (; second.handled.length === 0 && n < 400; n += 1) await round(n + 1);
      for (const end = n + 10; n < end; n += 1) await round(n + 1);
      expect(second.handled.length).toBeGreaterThan(0);
      await second.leave();
      for (const end = n + 10; n < end; n += 1) await round(n + 1);
      expect(await first.subscription.caughtUp(['persons'], PATIENCE_MS)).toBe(true);
      await expectEachOnceInOrder(poursOf(names, n));
    });

    it('goes on after a poisonous event, whose key waits behind it', async () => {
      const { subscription } = await join({
        effect: (batch) => {
          if (batch.some(({ data }) => data.cup === 'cup 1' && data.pour === 2)) throw new Error('A fly in the tea');
        },
      });
      const [one, two] = pour('cup 2', 4, 5);
      const sound = recordOf(poured, { cup: 'cup 2', pour: 3 });
      const broken = { ...sound, envelope: sound.envelope.replace('"pour":3', '"pour":"three"') };
      await publisher.append([...cups(3).flatMap((cup) => pour(cup, 1, cup === 'cup 2' ? 2 : 3)), broken]);
      await publisher.append([one, two].flatMap((record) => record ?? []));
      expect(await subscription.caughtUp(['persons'], PATIENCE_MS)).toBe(true);
      await expectEachOnceInOrder([
        ...poursOf(['cup 0'], 3),
        { cup: 'cup 1', pour: 1 },
        { cup: 'cup 2', pour: 1 },
        { cup: 'cup 2', pour: 2 },
      ]);
      const letters = await listLetters(database, '0', 100);
      expect(letters.map(({ type, state, attempts }) => ({ type, state, attempts })).sort(byText)).toEqual(
        [
          { type: poured.type, state: 'dead', attempts: 5 },
          { type: poured.type, state: 'parked', attempts: 0 },
          { type: poured.type, state: 'dead', attempts: 1 },
          { type: poured.type, state: 'parked', attempts: 0 },
          { type: poured.type, state: 'parked', attempts: 0 },
        ].sort(byText),
      );
    });

    it.each([
      { moment: 'before the effect commits', least: 0, most: 0 },
      // The log hands over what it likes at once, also the first half of what was appended together.
      { moment: 'before the offset commits', least: 1, most: 20 },
    ])('has each effect once when a process is killed $moment', async ({ moment, least, most }) => {
      const mortal = spawnBuilt(new URL('../testing/mortal-consumer.ts', import.meta.url), {
        ...broker.environment('tea'),
        DATABASE_URL: databaseUrl,
        GROUP: group,
        EVENT_TYPE: poured.type,
        DIES: moment,
      });
      const died = once(mortal, 'exit');
      await publisher.append(pour('cup', 1, 20));
      const [, signal] = await died;
      expect(signal).toBe('SIGKILL');
      expect(await countApplied()).toBeGreaterThanOrEqual(least);
      expect(await countApplied()).toBeLessThanOrEqual(most);
      const { subscription } = await join();
      expect(await subscription.caughtUp(['persons'], PATIENCE_MS)).toBe(true);
      await expectEachOnceInOrder(poursOf(['cup'], 20));
    });

    it('rolls back the effect of a transaction that is cut off, and applies it again', async () => {
      let cuts = 0;
      const { subscription } = await join({
        effect: async () => {
          cuts += 1;
          if (cuts > 3) return;
          const others = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()';
          await database.query(`${others} AND pid <> pg_backend_pid()`);
        },
      });
      await publisher.append(pour('cup', 1, 20));
      expect(await subscription.caughtUp(['persons'], PATIENCE_MS)).toBe(true);
      expect(cuts).toBeGreaterThan(3);
      await expectEachOnceInOrder(poursOf(['cup'], 20));
      expect(await listLetters(database, '0', 1)).toEqual([]);
    });

    it('loses nothing that it acknowledged when the broker is killed, and goes on when it is back', async () => {
      const { subscription } = await join();
      await publisher.append(pour('cup', 1, 50));
      await broker.kill();
      const [lost] = pour('cup', 51, 51);
      if (lost === undefined) throw new Error('There is a record');
      await expect(publisher.append([lost])).rejects.toThrow();
      await broker.restart();
      // The same record again, as an outbox relay and a gateway do.
      await until(async () =>
        publisher.append([lost]).then(
          () => true,
          () => false,
        ),
      );
      await publisher.append(pour('cup', 52, 100));
      await until(async () => (await countApplied()) === 100, PATIENCE_MS);
      expect(await subscription.caughtUp(['persons'], PATIENCE_MS)).toBe(true);
      await expectEachOnceInOrder(poursOf(['cup'], 100));
    });
  });
}

const byText = (a: object, b: object) => JSON.stringify(a).localeCompare(JSON.stringify(b));
