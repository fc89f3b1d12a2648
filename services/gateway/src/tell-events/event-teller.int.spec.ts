import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StudyReceivedV1 } from '@yinglian/contracts';
import { EventPublisher, prepareEventLog } from '@yinglian/messaging';
import { TestPostgres } from '@yinglian/testing';
import { Alarms } from '../alarms/alarms.js';
import { eventIdOf } from '../domain/event-id.js';
import { Ledger } from '../ledger/ledger.js';
import { eventually } from '../testing/test-gateway.js';
import { EventTeller } from './event-teller.js';
import { OutgoingEvents } from './outgoing-events.store.js';

const study = (at: number) => ({
  hospital: 'H001',
  studyInstanceUid: '1.2.3',
  instances: at,
  reason: 'QUIET_TIME' as const,
  quietSince: '2026-11-25T08:00:00Z',
});

describe('events that a ledger transaction decided on', () => {
  let postgres: TestPostgres;
  let folder: string;
  let url: URL;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
    folder = await mkdtemp(join(tmpdir(), 'yinglian-teller-'));
    url = new URL(await postgres.createDatabase('event_log'));
    await prepareEventLog(url.href, {
      roles: [{ name: 'gateway_h001', password: 'invented', writes: ['hospital.H001'], reads: false }],
    });
  });
  afterAll(async () => {
    await postgres.stop();
    await rm(folder, { recursive: true });
  });

  const open = async (eventLog: string) => {
    const ledger = await Ledger.open(folder);
    const publisher = EventPublisher.fromConfig({
      source: 'urn:yinglian:gateway:H001',
      config: { EVENTS: 'postgres', EVENT_LOG_URL: eventLog },
    });
    const events = new OutgoingEvents(ledger, publisher.encode);
    const alarms = new Alarms();
    const teller = new EventTeller(events, publisher, alarms);
    const close = async () => {
      await teller.stop();
      await publisher.close();
      await ledger.close();
    };
    return { ledger, events, alarms, teller, close };
  };

  const told = async (): Promise<unknown[]> => {
    const rows = await postgres
      .connect(url.href)
      .query<{ envelope: string }>('SELECT envelope FROM event_log.records ORDER BY topic, partition, position');
    return rows.map(({ envelope }) => JSON.parse(envelope).data.instances);
  };

  it('wait while the event log is away, also through a restart, and reach it once and in order', async () => {
    const away = new URL(url);
    away.port = '1';
    const before = await open(away.href);
    before.teller.start();
    before.ledger.transaction(() => {
      for (const at of [1, 2, 2]) before.events.add(StudyReceivedV1, study(at), eventIdOf(String(at)));
    });
    expect(() =>
      before.ledger.transaction(() => {
        before.events.add(StudyReceivedV1, study(9), eventIdOf('9'));
        throw new Error('a planted failure');
      }),
    ).toThrow('a planted failure');
    await eventually('the alarm is raised', async () => before.alarms.list().length > 0);
    expect(before.alarms.list()).toMatchObject([{ code: 'EVENT_LOG_AWAY', details: { events: 2 } }]);
    await before.close();

    const role = new URL(url);
    [role.username, role.password] = ['gateway_h001', 'invented'];
    const after = await open(role.href);
    after.teller.start();
    await eventually('nothing waits', async () => after.events.waiting === 0);
    after.ledger.transaction(() => after.events.add(StudyReceivedV1, study(3), eventIdOf('3')));
    await eventually('nothing waits', async () => after.events.waiting === 0);
    expect(await told()).toEqual([1, 2, 3]);
    await after.close();
  });
});
