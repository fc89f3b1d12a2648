import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type LocalPatientKey, PatientObservedV3, PersonLinkedV2 } from '@yinglian/contracts';
import { EventPublisher, type LogRecord, prepareEventLog } from '@yinglian/messaging';
import { TestIssuer } from '@yinglian/platform/testing';
import { freePort } from '@yinglian/servers';
import { TestPostgres } from '@yinglian/testing';
import type { PersonMatcher } from '../figures/matching.js';
import { FEBRL_HOSPITAL } from '../people/febrl-records.js';
import { HOSPITALS } from '../people/hospitals.js';
import type { PatientData } from '../people/observed-record.js';

const MAIN = fileURLToPath(new URL('../../../services/patient-index/dist/main.js', import.meta.url));
const BATCH = 500;
const LOOK_AGAIN_MS = 500;
/** Looks without anything new, after which all is told, or nothing more will come. */
const QUIET_LOOKS = 10;
const SILENT_LOOKS = 120;

/** The patient index by itself. */
export interface LonePatientIndex {
  readonly address: string;
  /** Whose tokens it takes. */
  readonly issuer: TestIssuer;
  /** Hospitals tell it of patients by events; what it tells of persons by events is its answer, the person of each record. */
  personsOf(records: Iterable<PatientData>): Promise<string[]>;
}

export const lonePatientIndex: PersonMatcher = {
  personsOf: (records) => withLonePatientIndex((index) => index.personsOf(records)),
};

/** Starts one that nobody has told of anybody, and ends it. */
export async function withLonePatientIndex<T>(use: (index: LonePatientIndex) => Promise<T>): Promise<T> {
  const [postgres, issuer] = await Promise.all([TestPostgres.start(), TestIssuer.start()]);
  try {
    return await runIndex(postgres, issuer, use);
  } finally {
    await Promise.all([postgres.stop(), issuer.stop()]);
  }
}

async function runIndex<T>(
  postgres: TestPostgres,
  issuer: TestIssuer,
  use: (index: LonePatientIndex) => Promise<T>,
): Promise<T> {
  const log = await postgres.createDatabase('event_log');
  const topics = [...HOSPITALS.map(({ code }) => code), FEBRL_HOSPITAL].map((code) => `hospital.${code}` as const);
  await prepareEventLog(log, {
    roles: [
      { name: 'patient-index', password: 'x', writes: ['persons', 'audit'], reads: true },
      { name: 'hospitals', password: 'x', writes: topics, reads: false },
    ],
  });
  const port = await freePort();
  const child = await startIndex({
    PORT: String(port),
    DATABASE_URL: await postgres.createDatabase('patient_index'),
    EVENT_LOG_URL: urlFor(log, 'patient-index'),
    ...issuer.environment,
  });
  const ended = once(child, 'exit');
  const broken = ended.then(() => Promise.reject(new Error('The patient index ended while it was asked')));
  const index: LonePatientIndex = {
    address: `http://127.0.0.1:${port}`,
    issuer,
    async personsOf(records) {
      const patients = await tellAll(urlFor(log, 'hospitals'), records);
      const persons = await personsTold(postgres, log, new Set(patients));
      return patients.map((patient) => persons.get(patient) ?? '');
    },
  };
  try {
    return await Promise.race([use(index), broken]);
  } finally {
    broken.catch(() => {});
    child.kill('SIGTERM');
    await ended;
  }
}

async function startIndex(settings: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, LOG_LEVEL: 'error', EVENTS: 'postgres', ...settings },
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('The patient index ended while starting')));
  await Promise.race([once(child, 'message'), ended]);
  return child;
}

/** Resolves with the patient of each record. */
async function tellAll(eventLogUrl: string, records: Iterable<PatientData>): Promise<string[]> {
  const config = { EVENTS: 'postgres', EVENT_LOG_URL: eventLogUrl } as const;
  const publisher = EventPublisher.fromConfig({ source: 'urn:yinglian:bench', config });
  const patients: string[] = [];
  let batch: LogRecord[] = [];
  try {
    for (const data of records) {
      batch.push(publisher.encode(PatientObservedV3, data, { eventId: `record-${patients.length}` }));
      patients.push(keyOf(data.patient));
      if (batch.length < BATCH) continue;
      await publisher.append(batch);
      batch = [];
    }
    await publisher.append(batch);
  } finally {
    await publisher.close();
  }
  return patients;
}

/** The person of each patient by the newest link, when all have one and nothing more is told. */
async function personsTold(
  postgres: TestPostgres,
  log: string,
  patients: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const database = postgres.connect(log);
  const newest = new Map<string, { version: number; personId: string }>();
  const read = new Map<number, string>();
  for (let quiet = 0; quiet < QUIET_LOOKS || newest.size < patients.size; ) {
    if (quiet > SILENT_LOOKS) throw new Error(`${patients.size - newest.size} patients are told of by nobody`);
    await sleep(LOOK_AGAIN_MS);
    const rows = await database.query<{ partition: number; position: string; envelope: string }>(
      `SELECT partition, position, envelope FROM event_log.records r WHERE topic = 'persons'
       AND position > coalesce(($1::jsonb ->> partition::text)::bigint, -1) ORDER BY partition, position`,
      [JSON.stringify(Object.fromEntries(read))],
    );
    for (const { partition, position, envelope } of rows) {
      read.set(partition, position);
      const link = PersonLinkedV2.data.safeParse(JSON.parse(envelope).data).data;
      if (link === undefined) continue;
      const key = keyOf(link.patient);
      if ((newest.get(key)?.version ?? 0) < link.version) newest.set(key, link);
    }
    quiet = rows.length === 0 ? quiet + 1 : 0;
  }
  return new Map([...newest].map(([patient, { personId }]) => [patient, personId]));
}

const keyOf = ({ hospital, issuer, id }: LocalPatientKey): string => JSON.stringify([hospital, issuer, id]);

const urlFor = (url: string, role: string): string => url.replace(/postgres:\/\/.*@/, `postgres://${role}:x@`);
