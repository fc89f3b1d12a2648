import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type LocalPatientKey, PatientObservedV3, PersonLinkedV2 } from '@yinglian/contracts';
import { EventPublisher, type LogRecord, prepareEventLog } from '@yinglian/messaging';
import { freePort } from '@yinglian/servers';
import { TestPostgres } from '@yinglian/testing';
import type { PersonMatcher } from '../figures/matching.js';
import { HOSPITALS } from '../people/hospitals.js';
import type { PatientData } from '../people/observed-record.js';

const MAIN = fileURLToPath(new URL('../../../services/patient-index/dist/main.js', import.meta.url));
/** Nobody is asked for tokens. */
const NOWHERE = 'http://127.0.0.1:9';
const BATCH = 500;
const LOOK_AGAIN_MS = 500;
/** Looks without anything new, after which all is told, or nothing more will come. */
const QUIET_LOOKS = 10;
const SILENT_LOOKS = 120;

/** The patient index by itself: hospitals tell it of patients by events, and what it tells of persons by events is its answer. */
export const lonePatientIndex: PersonMatcher = {
  async personsOf(records) {
    const postgres = await TestPostgres.start();
    try {
      return await askIndex(postgres, records);
    } finally {
      await postgres.stop();
    }
  },
};

async function askIndex(postgres: TestPostgres, records: Iterable<PatientData>): Promise<string[]> {
  const log = await postgres.createDatabase('event_log');
  const topics = HOSPITALS.map(({ code }) => `hospital.${code}` as const);
  await prepareEventLog(log, {
    roles: [
      { name: 'patient-index', password: 'x', writes: ['persons', 'audit'], reads: true },
      { name: 'hospitals', password: 'x', writes: topics, reads: false },
    ],
  });
  const child = await startIndex(await postgres.createDatabase('patient_index'), urlFor(log, 'patient-index'));
  const ended = once(child, 'exit');
  try {
    const patients = await tellAll(urlFor(log, 'hospitals'), records);
    const broken = ended.then(() => Promise.reject(new Error('The patient index ended while it was asked')));
    const persons = await Promise.race([personsTold(postgres, log, new Set(patients)), broken]);
    return patients.map((patient) => persons.get(patient) ?? '');
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function startIndex(databaseUrl: string, eventLogUrl: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      PORT: String(await freePort()),
      LOG_LEVEL: 'error',
      DATABASE_URL: databaseUrl,
      EVENTS: 'postgres',
      EVENT_LOG_URL: eventLogUrl,
      OIDC_ISSUER: NOWHERE,
      OIDC_JWKS_URL: NOWHERE,
    },
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
