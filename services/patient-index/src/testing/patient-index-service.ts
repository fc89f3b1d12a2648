import {
  DeedRecordedV1,
  type EventData,
  type EventDefinition,
  PatientObservedV1,
  PatientObservedV2,
  PersonLinkedV2,
  type Role,
} from '@yinglian/contracts';
import { ConsumerProgress, connectEvents, EventPublisher, Outbox, prepareEventLog } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { createService, type RunningService } from '@yinglian/platform';
import { TestIssuer } from '@yinglian/platform/testing';
import { TestPostgres } from '@yinglian/testing';
import type { z } from 'zod';
import { AskAboutNewcomersHandler } from '../find-likely/ask-about-newcomers.handler.js';
import { patientIndexConfig } from '../patient-index.config.js';
import { PatientIndexModule } from '../patient-index.module.js';

export type Observed = EventData<typeof PatientObservedV2>;

const REGISTRY = 'study-registry';

/** The service on a real PostgreSQL with a real event log, real tokens and real HTTP; hospitals H001 to H003 publish. */
export class PatientIndexService {
  private readonly publishers = new Map<string, EventPublisher>();
  private published = 0;
  private log: Database | undefined;

  private constructor(
    readonly postgres: TestPostgres,
    readonly issuer: TestIssuer,
    readonly environment: Record<string, string>,
    readonly services: RunningService[],
  ) {}

  static async start(processes = 1, settings: Record<string, string> = {}): Promise<PatientIndexService> {
    const [postgres, issuer] = await Promise.all([TestPostgres.start(), TestIssuer.start()]);
    const log = await postgres.createDatabase('event_log');
    const hospitals = ['H001', 'H002', 'H003'];
    await prepareEventLog(log, {
      roles: [
        { name: 'patient-index', password: 'x', writes: ['persons', 'audit'], reads: true },
        { name: REGISTRY, password: 'x', writes: ['studies'], reads: false },
        ...hospitals.map((code) => ({ name: code, password: 'x', writes: [`hospital.${code}`], reads: false })),
      ],
    });
    const environment = {
      PORT: '0',
      LOG_LEVEL: 'error',
      DATABASE_URL: await postgres.createDatabase('patient_index'),
      EVENT_LOG_URL: log.replace(/postgres:\/\/.*@/, 'postgres://patient-index:x@'),
      ...issuer.environment,
      ...settings,
    };
    const running = new PatientIndexService(postgres, issuer, environment, []);
    for (let n = 0; n < processes; n += 1) running.services.push(await running.startProcess());
    for (const code of [...hospitals, REGISTRY]) {
      const EVENT_LOG_URL = log.replace(/postgres:\/\/.*@/, `postgres://${code}:x@`);
      const config = patientIndexConfig.load({ ...environment, EVENT_LOG_URL });
      running.publishers.set(code, EventPublisher.fromConfig({ source: `urn:yinglian:gateway:${code}`, config }));
    }
    return running;
  }

  private startProcess(): Promise<RunningService> {
    const config = patientIndexConfig.load(this.environment);
    return createService({
      name: 'patient-index',
      config,
      module: PatientIndexModule.with(config),
      prepare: connectEvents,
    });
  }

  get service(): RunningService {
    const [service] = this.services;
    if (service === undefined) throw new Error('The service is not started');
    return service;
  }

  get database(): Database {
    return this.service.app.get(Database);
  }

  /** Publishes as the hospital's gateway does; resolves when the service has applied it. */
  async observe(...patients: Observed[]): Promise<void> {
    await Promise.all(patients.map((patient) => this.publish(patient, `e${++this.published}`)));
    await this.caughtUp();
  }

  async publish(patient: Observed, eventId: string): Promise<void> {
    const publisher = this.publishers.get(patient.hospital);
    const { studyInstanceUid } = patient;
    if (studyInstanceUid === null) await publisher?.publish(PatientObservedV2, patient, { eventId });
    else await publisher?.publish(PatientObservedV1, { ...patient, studyInstanceUid }, { eventId });
  }

  /** Publishes any event of a hospital, or of the registry; resolves when the service has applied it. */
  async tell<Data extends z.ZodType>(definition: EventDefinition<Data>, data: z.output<Data> & { hospital: string }) {
    const publisher = definition.topicFamily === 'studies' ? REGISTRY : data.hospital;
    await this.publishers.get(publisher)?.publish(definition, data, { eventId: `e${++this.published}` });
    await this.caughtUp();
  }

  async caughtUp(): Promise<void> {
    const applied = await this.service.app.get(ConsumerProgress).caughtUp(['hospital', 'studies'], 20_000);
    if (!applied) throw new Error('The service did not catch up');
    await this.askedAbout();
  }

  /** Resolves when it was asked about everybody who came. */
  private async askedAbout(): Promise<void> {
    const askAboutNewcomers = this.service.app.get(AskAboutNewcomersHandler);
    while ((await this.database.query('SELECT FROM newcomers LIMIT 1')).length > 0)
      await askAboutNewcomers.execute(new Date());
  }

  /** What this service put into the log on a topic, in order per key. */
  async events(topic: 'persons' | 'audit'): Promise<unknown[]> {
    await this.service.app.get(Outbox).flushed(10_000);
    this.log ??= this.postgres.connect(this.environment.EVENT_LOG_URL ?? '');
    const rows = await this.log.query<{ envelope: string }>(
      'SELECT envelope FROM event_log.records WHERE topic = $1 ORDER BY partition, position',
      [topic],
    );
    return rows.map(({ envelope }) => (JSON.parse(envelope) as { data: unknown }).data);
  }

  /** What was recorded of deeds: action, who, whom, to what, how. */
  async deeds() {
    const all = (await this.events('audit')).flatMap((data) => DeedRecordedV1.data.safeParse(data).data ?? []);
    return all.map(({ action, actor, personId, object, code }) => [action, actor.subject, personId, object?.id, code]);
  }

  async links(): Promise<EventData<typeof PersonLinkedV2>[]> {
    return (await this.events('persons')).flatMap((data) => PersonLinkedV2.data.safeParse(data).data ?? []);
  }

  async personOf({ patient: { hospital, issuer, id } }: Observed): Promise<string> {
    const [row] = await this.database.query<{ person_id: string }>(
      `SELECT survivor_id AS person_id FROM patients JOIN persons ON person_id = home_id
       WHERE (hospital, issuer, local_id) = ($1, $2, $3)`,
      [hospital, issuer, id],
    );
    if (row === undefined) throw new Error('The patient is not linked');
    return row.person_id;
  }

  async ask(role: Role, method: string, path: string, body?: unknown, purpose = 'TREAT') {
    const token = await this.issuer.personToken({
      subject: `the.${role}`,
      roles: [role],
      hospital: role === 'clinician' ? 'H002' : null,
    });
    const response = await fetch(`${this.service.address}/api/patient-index/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'x-purpose-of-use': purpose,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: answers are compared whole in the specs
    return { status: response.status, body: (await response.json()) as any };
  }

  async stop(): Promise<void> {
    await Promise.all([...this.publishers.values()].map((publisher) => publisher.close()));
    for (const service of this.services) await service.stop();
    await this.issuer.stop();
    await this.postgres.stop();
  }
}

let patients = 0;

/** An invented patient of a hospital, different from all others but for what is told. */
export function observed(
  hospital: string,
  told: Partial<Omit<Observed, 'patient'>> & { id?: string; pn?: string; residentId?: string } = {},
): Observed {
  patients += 1;
  const { id = `T${patients}`, pn = '', residentId, ...rest } = told;
  return {
    hospital,
    patient: { hospital, issuer: '', id },
    name: { alphabetic: pn, charsetGuessed: false },
    birthDate: '',
    sex: '',
    otherIds: residentId === undefined ? [] : [{ id: residentId, issuer: 'MPS' }],
    studyInstanceUid: `1.2.3.${patients}`,
    observedAt: '2026-11-24T08:00:00.000Z',
    ...rest,
  };
}

/** The n-th invented resident id: 339901 is no district. */
export function residentIdOf(n: number, birthDate = '19800203'): string {
  const seventeen = `339901${birthDate}${String(n % 1000).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return (
    seventeen + '10X98765432'.charAt(weights.reduce((sum, weight, at) => sum + weight * Number(seventeen[at]), 0) % 11)
  );
}
