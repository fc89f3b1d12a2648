import { stat } from 'node:fs/promises';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { MergePersons } from '../decide-on-persons/merge-persons.js';
import { Restand } from '../decide-on-persons/restand.js';
import { AskAboutLikely } from '../find-likely/ask-about-likely.js';
import { AskAboutLoaded } from '../find-likely/ask-about-loaded.js';
import { FindQuestions } from '../find-likely/find-questions.js';
import { LikelyPersons } from '../find-likely/likely-persons.js';
import { LinkBatch } from '../link-patients/link-batch.js';
import type { LoadFigures } from '../storage/load-figures.store.js';
import { NameStore } from '../storage/name.store.js';
import { NameCountStore } from '../storage/name-count.store.js';
import { PatientNameStore } from '../storage/patient-name.store.js';
import { SettingsInForce } from '../tune-matching/settings-in-force.js';
import { FinishFilling } from './finish-filling.js';
import { LoadFile } from './load-file.js';
import { LoadPatientsHandler } from './load-patients.handler.js';
import { onlyOne } from './only-one.js';
import type { LoadArguments } from './read-arguments.js';
import { ShowProgress } from './show-progress.js';

/** The few parts that a load needs, put together without the service. */
export async function runLoad(
  databaseUrl: string,
  { files, asks }: LoadArguments,
  write: (line: string) => void,
  signal: AbortSignal,
): Promise<LoadFigures> {
  const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size));
  const show = new ShowProgress(
    sizes.reduce((sum, size) => sum + size, 0),
    write,
  );
  const database = new Database({ url: databaseUrl, applicationName: 'load-patients' });
  try {
    const mergePersons = new MergePersons(new Restand(new Outbox(database, 'urn:yinglian:patient-index')));
    const linkBatch = new LinkBatch(mergePersons, new PatientNameStore(new NameStore()));
    const askAboutLikely = new AskAboutLikely(
      new FindQuestions(database, new LikelyPersons(new NameCountStore())),
      new SettingsInForce(),
    );
    const finish = new FinishFilling(database, new AskAboutLoaded(askAboutLikely), show);
    const load = new LoadPatientsHandler(database, new LoadFile(database, linkBatch), finish, show);
    return await onlyOne(database, () => load.execute(files, { asks, signal }));
  } finally {
    await database.close();
  }
}
