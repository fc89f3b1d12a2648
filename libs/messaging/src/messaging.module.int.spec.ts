import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { trace } from '@opentelemetry/api';
import { type EventData, HospitalJoinedV1 } from '@yinglian/contracts';
import { Database, databaseShape, PersistenceModule } from '@yinglian/persistence';
import { createService, defineConfig, PlatformModule, type RunningService, tracer } from '@yinglian/platform';
import { TestIssuer } from '@yinglian/platform/testing';
import { TestPostgres } from '@yinglian/testing';
import {
  ConsumeEvents,
  ConsumerProgress,
  connectEvents,
  type EventContext,
  EventPublisher,
  MessagingModule,
  messagingMigrations,
  messagingShape,
  Outbox,
  prepareEventLog,
  type ReceivedEvent,
} from './index.js';

const hospital = (code: string, version = 1): EventData<typeof HospitalJoinedV1> => ({
  hospital: code,
  name: `Hospital ${code}`,
  level: 'county',
  callingAeTitles: ['MODALITY'],
  version,
  changedAt: '2026-11-24T08:00:00.000Z',
});

const faults = new Map<string, number>();
const traces: (string | undefined)[] = [];

@Controller()
class NoteHospitalsConsumer {
  @ConsumeEvents(HospitalJoinedV1)
  async note(@Payload() batch: readonly ReceivedEvent<typeof HospitalJoinedV1>[], @Ctx() { tx }: EventContext) {
    traces.push(trace.getActiveSpan()?.spanContext().traceId);
    for (const { data } of batch) {
      await tx.query('INSERT INTO noted (hospital, version) VALUES ($1, $2)', [data.hospital, data.version]);
      const left = faults.get(`${data.hospital}/${data.version}`) ?? 0;
      if (left > 0) {
        faults.set(`${data.hospital}/${data.version}`, left - 1);
        throw new Error('The tea is cold');
      }
    }
  }
}

const teaConfig = defineConfig('tea', { ...databaseShape, ...messagingShape });

describe('events of a service', () => {
  let postgres: TestPostgres;
  let issuer: TestIssuer;
  let environment: Record<string, string>;
  let logUrl: string;
  let service: RunningService;
  let publisher: EventPublisher;

  beforeAll(async () => {
    postgres = await TestPostgres.start();
    issuer = await TestIssuer.start();
    const log = await postgres.createDatabase('event_log');
    logUrl = log;
    const roles = ['tea', 'directory'].map((name) => ({ name, password: 'x', writes: ['directory'], reads: true }));
    await prepareEventLog(log, { roles });
    environment = {
      PORT: '0',
      LOG_LEVEL: 'error',
      DATABASE_URL: await postgres.createDatabase('tea'),
      EVENT_LOG_URL: log.replace(/postgres:\/\/.*@/, 'postgres://tea:x@'),
      ...issuer.environment,
    };
    await postgres.connect(environment.DATABASE_URL ?? '').query('CREATE TABLE noted (hospital text, version int)');
    service = await start();
    const config = teaConfig.load({
      ...environment,
      EVENT_LOG_URL: log.replace(/postgres:\/\/.*@/, 'postgres://directory:x@'),
    });
    publisher = EventPublisher.fromConfig({ source: 'urn:yinglian:directory', config });
  });
  afterAll(async () => {
    await publisher.close();
    await service.stop();
    await issuer.stop();
    await postgres.stop();
  });
  beforeEach(async () => {
    faults.clear();
    traces.length = 0;
    await service.app.get(Database).query('TRUNCATE noted');
  });

  async function start() {
    const config = teaConfig.load(environment);
    @Module({
      imports: [
        PlatformModule.forService('tea', config),
        PersistenceModule.forService({ service: 'tea', config, migrations: [messagingMigrations] }),
        MessagingModule.forService({ service: 'tea', config }),
      ],
      controllers: [NoteHospitalsConsumer],
    })
    class TeaModule {}
    return createService({ name: 'tea', config, module: TeaModule, prepare: (app) => connectEvents(app) });
  }

  const caughtUp = () => service.app.get(ConsumerProgress).caughtUp(['directory'], 10_000);
  const noted = () => service.app.get(Database).query('SELECT hospital, version FROM noted ORDER BY hospital, version');
  const publish = (code: string, version = 1) =>
    publisher.publish(HospitalJoinedV1, hospital(code, version), { eventId: `${code}-${version}` });
  const administrator = async (path: string, method = 'GET') => {
    const token = await issuer.personToken({ subject: 'admin', roles: ['administrator'], hospital: null });
    const response = await fetch(`${service.address}/api/tea/dead-letters${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('are measured', async () => {
    const metrics = await (await fetch(`${service.address}/metrics`)).text();
    expect(metrics).toMatch(/yinglian_outbox_depth\S* 0/);
    expect(metrics).toMatch(/yinglian_dead_letters\{state="dead".* 0/);
    await publish('T001');
    await caughtUp();
    expect(await (await fetch(`${service.address}/metrics`)).text()).toMatch(
      /yinglian_consumer_lag\{topic="directory".* 0/,
    );
  });

  it('that wait are counted on /metrics, by topic, and so are those that nobody can apply', async () => {
    const metric = async (pattern: RegExp) => {
      const text = await (await fetch(`${service.address}/metrics`)).text();
      return Number(pattern.exec(text)?.[1]);
    };
    const lag = /yinglian_consumer_lag\{topic="directory"[^}]*\} (\d+)/;
    const database = service.app.get(Database);
    await caughtUp();
    await database.transaction(async (tx) => {
      // The consumer cannot go on while its table is taken.
      await tx.query('LOCK TABLE noted');
      await Promise.all([publish('M001'), publish('M002'), publish('M003')]);
      expect(await metric(lag)).toBe(3);
    });
    await caughtUp();
    expect(await metric(lag)).toBe(0);
    faults.set('M004/1', 99);
    await publish('M004');
    await publish('M004', 2);
    await caughtUp();
    expect(await metric(/yinglian_dead_letters\{state="dead"[^}]*\} (\d+)/)).toBe(1);
    expect(await metric(/yinglian_dead_letters\{state="parked"[^}]*\} (\d+)/)).toBe(1);
    const [dead] = (await administrator('')).body.deadLetters as { id: string }[];
    faults.clear();
    await administrator(`/${dead?.id}/replay`, 'POST');
    expect(await metric(/yinglian_dead_letters\{state="dead"[^}]*\} (\d+)/)).toBe(0);
  });

  it('reach their consumer once, also when published twice', async () => {
    await publish('T101');
    await publish('T101');
    expect(await caughtUp()).toBe(true);
    expect(await noted()).toEqual([{ hospital: 'T101', version: 1 }]);
  });

  it('stay in the trace of what caused them', async () => {
    const database = service.app.get(Database);
    const cause = await tracer().startActiveSpan('cause', async (span) => {
      await database.transaction((tx) => service.app.get(Outbox).add(tx, HospitalJoinedV1, hospital('TRACED')));
      span.end();
      return span.spanContext().traceId;
    });
    await service.app.get(Outbox).flushed();
    await caughtUp();
    expect(traces).toEqual([cause]);
  });

  it('leave through the outbox with the transaction', async () => {
    const outbox = service.app.get(Outbox);
    const database = service.app.get(Database);
    await database.transaction((tx) => outbox.add(tx, HospitalJoinedV1, hospital('T202')));
    await expect(
      database.transaction(async (tx) => {
        await outbox.add(tx, HospitalJoinedV1, hospital('T203'));
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await outbox.flushed()).toBe(true);
    expect(await caughtUp()).toBe(true);
    expect(await noted()).toEqual([{ hospital: 'T202', version: 1 }]);
  });

  it('survive a failure that passes', async () => {
    faults.set('T301/1', 3);
    await publish('T301');
    expect(await caughtUp()).toBe(true);
    expect(await noted()).toEqual([{ hospital: 'T301', version: 1 }]);
  });

  it('that cannot be handled become dead letters, their key waits, and a replay brings it in order', async () => {
    faults.set('T401/1', 11);
    await Promise.all([publish('T401'), publish('T402')]);
    await publish('T401', 2);
    expect(await caughtUp()).toBe(true);
    expect(await noted()).toEqual([{ hospital: 'T402', version: 1 }]);
    const { body } = await administrator('');
    expect(body).toEqual({
      deadLetters: [
        expect.objectContaining({ eventId: 'T401-1', state: 'dead', reason: 'Error: The tea is cold', attempts: 5 }),
        expect.objectContaining({ eventId: 'T401-2', state: 'parked', attempts: 0 }),
      ],
    });
    const [dead] = body.deadLetters as { id: string }[];
    expect((await administrator(`/${dead?.id}/replay`, 'POST')).body).toEqual({ replayed: 0, remaining: 2 });
    faults.clear();
    expect((await administrator(`/${dead?.id}/replay`, 'POST')).body).toEqual({ replayed: 2, remaining: 0 });
    expect(await noted()).toHaveLength(3);
    expect((await administrator(`/${dead?.id}/replay`, 'POST')).status).toBe(404);
  });

  it('that are discarded let go what waited behind them', async () => {
    faults.set('T501/1', 11);
    await publish('T501');
    await publish('T501', 2);
    await caughtUp();
    const [dead] = (await administrator('')).body.deadLetters as { id: string }[];
    expect((await administrator(`/${dead?.id}`, 'DELETE')).body).toEqual({ replayed: 1, remaining: 0 });
    expect(await noted()).toEqual([{ hospital: 'T501', version: 2 }]);
    faults.clear();
    // Once more in the log, as after a relay that died between appending and forgetting.
    await postgres.connect(logUrl).query("DELETE FROM event_log.records WHERE event_id = 'T501-1'");
    await publish('T501');
    await publish('T501', 3);
    await caughtUp();
    expect(await noted()).toEqual([2, 3].map((version) => ({ hospital: 'T501', version })));
    expect((await administrator(`/${dead?.id}`, 'DELETE')).status).toBe(404);
  });

  it('are not shown to anybody but administrators', async () => {
    const token = await issuer.personToken({ subject: 'dr.chen', roles: ['clinician'], hospital: 'T601' });
    const response = await fetch(`${service.address}/api/tea/dead-letters`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(403);
  });
});
