import { prepareEventLog } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { TestIssuer } from '@yinglian/platform/testing';
import { TestPostgres } from '@yinglian/testing';
import type { PersonMatcher } from '../figures/matching.js';
import { FEBRL_HOSPITAL } from '../people/febrl-records.js';
import { HOSPITALS } from '../people/hospitals.js';
import type { PatientData } from '../people/observed-record.js';
import { lastNewcomerAt } from './last-newcomer.js';
import { urlFor, whileServiceRuns } from './lone-service.js';
import { openQuestions } from './open-questions.js';
import { tellPatients } from './tell-patients.js';
import { type ToldPersons, toldPersons } from './told-persons.js';

/** The patient index by itself. */
export interface LonePatientIndex {
  readonly address: string;
  readonly databaseUrl: string;
  /** Whose tokens it takes. */
  readonly issuer: TestIssuer;
  /** Hospitals tell it of patients by events. Resolves with the patient of each record. */
  tell(records: Iterable<PatientData>): Promise<string[]>;
  /** The same; what it tells of persons by events is its answer, the person of each record. */
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
  match: (records, completions) =>
    withLonePatientIndex(async (index) => {
      const patients = await index.tell(records);
      const persons = async () => {
        const told = await index.toldOf(new Set(patients));
        return patients.map((patient) => told.persons.get(patient) ?? '');
      };
      const registered = await persons();
      await index.tell(completions);
      const after = await persons();
      const database = new Database({ url: index.databaseUrl, applicationName: 'bench' });
      await lastNewcomerAt(database, Promise.resolve()).finally(() => database.close());
      return { registered, persons: after, questions: await openQuestions(index) };
    }),
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
    return await whileServiceRuns('patient-index', own, (address) =>
      use({ address, databaseUrl, issuer, tell, personsOf, toldOf }),
    );
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
