import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { prepareEventLog } from '@yinglian/messaging';
import { TestIssuer } from '@yinglian/platform/testing';
import { freePort } from '@yinglian/servers';
import { TestPostgres } from '@yinglian/testing';
import type { PersonMatcher } from '../figures/matching.js';
import { FEBRL_HOSPITAL } from '../people/febrl-records.js';
import { HOSPITALS } from '../people/hospitals.js';
import type { PatientData } from '../people/observed-record.js';
import { openQuestions } from './open-questions.js';
import { tellPatients } from './tell-patients.js';
import { type ToldPersons, toldPersons } from './told-persons.js';

const MAIN = fileURLToPath(new URL('../../../services/patient-index/dist/main.js', import.meta.url));

/** As the launcher starts services (ADR 0014). */
const OPTIONS = ['--external-memory-accounted-in-global-limit', '--heap-growing-percent=200'];

/** The patient index by itself. */
export interface LonePatientIndex {
  readonly address: string;
  /** Whose tokens it takes. */
  readonly issuer: TestIssuer;
  /** Hospitals tell it of patients by events; what it tells of persons by events is its answer, the person of each record. */
  personsOf(records: Iterable<PatientData>): Promise<string[]>;
  /** When each of them had a person. */
  toldOf(patients: ReadonlySet<string>): Promise<ToldPersons>;
}

/** What there is before the index starts. */
export interface Ground {
  readonly databaseUrl: string;
  tell(records: Iterable<PatientData>): Promise<string[]>;
}

export interface LoneOptions {
  /** Of PostgreSQL. */
  readonly settings?: readonly string[];
  readonly before?: (ground: Ground) => Promise<void>;
}

export const lonePatientIndex: PersonMatcher = {
  match: (records) =>
    withLonePatientIndex(async (index) => ({
      persons: await index.personsOf(records),
      questions: await openQuestions(index),
    })),
};

/** Starts one that nobody has told of anybody, unless it was done before, and ends it. */
export async function withLonePatientIndex<T>(
  use: (index: LonePatientIndex) => Promise<T>,
  { settings, before }: LoneOptions = {},
): Promise<T> {
  const [postgres, issuer] = await Promise.all([TestPostgres.start(settings), TestIssuer.start()]);
  try {
    const log = await prepareLog(postgres);
    const databaseUrl = await postgres.createDatabase('patient_index');
    const tell = (records: Iterable<PatientData>) => tellPatients(urlFor(log, 'hospitals'), records);
    await before?.({ databaseUrl, tell });
    const toldOf = (patients: ReadonlySet<string>) => toldPersons(postgres.connect(log), patients);
    const personsOf = async (records: Iterable<PatientData>) => {
      const patients = await tell(records);
      const { persons } = await toldOf(new Set(patients));
      return patients.map((patient) => persons.get(patient) ?? '');
    };
    const own = { DATABASE_URL: databaseUrl, EVENT_LOG_URL: urlFor(log, 'patient-index'), ...issuer.environment };
    return await whileItRuns(own, (address) => use({ address, issuer, personsOf, toldOf }));
  } finally {
    await Promise.all([postgres.stop(), issuer.stop()]);
  }
}

async function prepareLog(postgres: TestPostgres): Promise<string> {
  const log = await postgres.createDatabase('event_log');
  const topics = [...HOSPITALS.map(({ code }) => code), FEBRL_HOSPITAL].map((code) => `hospital.${code}` as const);
  await prepareEventLog(log, {
    roles: [
      { name: 'patient-index', password: 'x', writes: ['persons', 'audit'], reads: true },
      { name: 'hospitals', password: 'x', writes: topics, reads: false },
    ],
  });
  return log;
}

async function whileItRuns<T>(
  environment: Readonly<Record<string, string>>,
  use: (address: string) => Promise<T>,
): Promise<T> {
  const port = await freePort();
  const child = await startIndex({ PORT: String(port), ...environment });
  const ended = once(child, 'exit');
  const broken = ended.then(() => Promise.reject(new Error('The patient index ended while it was asked')));
  try {
    return await Promise.race([use(`http://127.0.0.1:${port}`), broken]);
  } finally {
    broken.catch(() => {});
    child.kill('SIGTERM');
    await ended;
  }
}

async function startIndex(settings: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...OPTIONS, MAIN], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, LOG_LEVEL: 'error', EVENTS: 'postgres', ...settings },
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('The patient index ended while starting')));
  await Promise.race([once(child, 'message'), ended]);
  return child;
}

const urlFor = (url: string, role: string): string => url.replace(/postgres:\/\/.*@/, `postgres://${role}:x@`);
