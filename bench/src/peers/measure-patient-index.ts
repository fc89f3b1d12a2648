import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@yinglian/persistence';
import { type Arrivals, arrivals } from '../people/arrivals.js';
import { writeMasterFiles } from '../people/master-files.js';
import type { ObservedRecord } from '../people/observed-record.js';
import type { ProvinceSize } from '../people/province-records.js';
import { isResidentNumber } from '../people/resident-number.js';
import { PLACEHOLDERS } from '../people/written-numbers.js';
import { settle } from '../statistics.js';
import { type Asker, asker } from './ask-index.js';
import { lastNewcomerAt } from './last-newcomer.js';
import { type LoadReport, loadMasterFiles } from './load-master-files.js';
import { withLonePatientIndex } from './lone-patient-index.js';
import { BUFFERS_MB, OWN_MACHINE } from './own-machine.js';
import { keyOf } from './tell-patients.js';
import { sustainedRate, type ToldPersons } from './told-persons.js';

/** Of ten million it takes so many until every connection has met most pages. */
const LATER = 200_000;
const ASKED = 2_000;
/** Of each kind of question; a service answers for days, and what is measured is not its first seconds. */
const WARM_UP = 5_000;

/** How long each question took, and how often the right person was among the answers. */
export interface Answers {
  readonly milliseconds: readonly number[];
  readonly found: number;
  readonly asked: number;
}

export interface IndexMeasures {
  readonly load: LoadReport;
  readonly loadSeconds: number;
  /** Records a second, while they keep coming. */
  readonly ingest: number;
  readonly match: Answers;
  readonly byId: Answers;
  readonly byName: Answers;
  /** What one row by its key costs, asked of the same PostgreSQL by itself; in milliseconds. */
  readonly rowByKey: readonly number[];
}

/** Fills an empty patient index, tells it of records by events, and asks it, in this order. */
export async function measurePatientIndex(size: ProvinceSize): Promise<IndexMeasures> {
  const people = arrivals(size, { later: LATER, sample: (ASKED + WARM_UP) * 1.2 });
  let filled: Pick<IndexMeasures, 'load' | 'loadSeconds'> | undefined;
  let told: string[] = [];
  let databaseUrl = '';
  return withLonePatientIndex(
    async (index) => {
      if (filled === undefined) throw new Error('It was not filled');
      const ingest = await ingestRate(databaseUrl, index.toldOf(new Set(told)));
      await putInOrder(databaseUrl);
      const asking = await asker(index);
      const asked = await ask(asking, people.sample);
      asking.close();
      return { ...filled, ingest, ...asked, rowByKey: await readRows(databaseUrl) };
    },
    {
      settings: OWN_MACHINE,
      before: async (ground) => {
        databaseUrl = ground.databaseUrl;
        filled = await fill(databaseUrl, people);
        told = await ground.tell(people.later.map(({ data }) => data));
        await putInOrder(databaseUrl);
        await warm(databaseUrl);
      },
    },
  );
}

async function fill(databaseUrl: string, people: Arrivals): Promise<Pick<IndexMeasures, 'load' | 'loadSeconds'>> {
  const folder = await mkdtemp(join(tmpdir(), 'yinglian-master-'));
  try {
    const files = await writeMasterFiles(dataOf(people.first), folder);
    const startedAt = performance.now();
    const load = await loadMasterFiles(databaseUrl, files);
    const written = files.reduce((sum, { records }) => sum + records, 0);
    // A number of a hospital that another had before is one patient's.
    if (load.patients > written || load.patients < written * 0.999)
      throw new Error(`Of ${written} records ${load.patients} are patients`);
    return { load, loadSeconds: (performance.now() - startedAt) / 1000 };
  } finally {
    await rm(folder, { recursive: true });
  }
}

export async function ask(
  asking: Asker,
  sample: readonly ObservedRecord[],
): Promise<Pick<IndexMeasures, 'match' | 'byId' | 'byName'>> {
  const personOf = new Map<string, string | undefined>();
  for (const { data } of sample) {
    const { hospital, patient } = data;
    const [person] = await asking.search({ hospital, localId: patient.id });
    if (person === undefined) throw new Error('A patient who was loaded is nobody');
    personOf.set(keyOf(patient), person);
  }
  const answers = async (
    records: readonly ObservedRecord[],
    find: (record: ObservedRecord) => Promise<readonly string[]>,
  ): Promise<Answers> => {
    const times: number[] = [];
    let found = 0;
    for (const record of records) {
      const startedAt = performance.now();
      const persons = await find(record);
      times.push(performance.now() - startedAt);
      if (persons.includes(personOf.get(keyOf(record.data.patient)) ?? '')) found += 1;
    }
    return { milliseconds: times.slice(Math.min(WARM_UP, times.length / 2)), found, asked: records.length };
  };
  const named = sample.filter(({ data }) => nameOf(data) !== '' && /^\d{8}$/.test(data.birthDate));
  return {
    byId: await answers(
      sample.filter(({ data }) => idOf(data) !== ''),
      ({ data }) => asking.search({ idNumber: idOf(data) }),
    ),
    byName: await answers(named, ({ data }) => asking.search({ name: nameOf(data), birthDate: data.birthDate })),
    match: await answers(named, ({ data }) => asking.match(data)),
  };
}

/** Records a second that are linked and told, and about which it is asked who may be the same person. */
async function ingestRate(databaseUrl: string, coming: Promise<ToldPersons>): Promise<number> {
  const database = new Database({ url: databaseUrl, applicationName: 'bench' });
  try {
    const [{ progress }, askedAt] = await Promise.all([coming, lastNewcomerAt(database, coming)]);
    const { told, at } = progress.at(-1) ?? { told: 0, at: 0 };
    return sustainedRate([...progress, { told, at: Math.max(at, askedAt) }]);
  } finally {
    await database.close();
  }
}

function* dataOf(records: Iterable<ObservedRecord>) {
  for (const { data } of records) yield data;
}

/** What came is put in order, as a database does when it has time: it is not asked in the minute after so many came. */
async function putInOrder(databaseUrl: string): Promise<void> {
  const database = new Database({ url: databaseUrl, applicationName: 'bench' });
  try {
    await database.query('VACUUM ANALYZE');
    await database.query('CHECKPOINT');
  } finally {
    await database.close();
  }
  await settle();
}

/** What a server has in memory that has answered for days: all indexes, then the smaller tables, as far as there is room. */
async function warm(databaseUrl: string): Promise<void> {
  const database = new Database({ url: databaseUrl, applicationName: 'bench' });
  try {
    await database.query('CREATE EXTENSION pg_prewarm');
    await database.query(
      `SELECT pg_prewarm(oid) FROM (
         SELECT oid, sum(pg_relation_size(oid)) OVER (ORDER BY relkind = 'r', pg_relation_size(oid), oid) AS with_those_before
         FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i') OFFSET 0
       ) AS one WHERE with_those_before < $1::bigint * 1048576 ORDER BY with_those_before DESC`,
      [BUFFERS_MB],
    );
  } finally {
    await database.close();
  }
}

async function readRows(databaseUrl: string): Promise<number[]> {
  const database = new Database({ url: databaseUrl, applicationName: 'bench' });
  try {
    const milliseconds: number[] = [];
    for (let no = 1; no <= ASKED; no += 1) {
      const startedAt = performance.now();
      await database.query('SELECT * FROM patients WHERE patient_no = $1', [no], 'row-by-key');
      milliseconds.push(performance.now() - startedAt);
    }
    return milliseconds;
  } finally {
    await database.close();
  }
}

/** None that is typed where there is no id: who asks for it is refused. */
const idOf = ({ otherIds }: ObservedRecord['data']): string =>
  otherIds.find(({ type, id }) => type === 'RESIDENT_ID' && isResidentNumber(id) && !PLACEHOLDERS.includes(id))?.id ??
  '';
const nameOf = ({ name }: ObservedRecord['data']): string =>
  /^\p{Script=Han}{2,4}$/u.exec((name.ideographic ?? name.alphabetic ?? '').replaceAll('^', ''))?.[0] ?? '';
