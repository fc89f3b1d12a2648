import type { ObjectStore } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { PackReceipts } from '../receive-pack/pack-receipts.js';
import { RegisterPackHandler } from '../receive-pack/register-pack.handler.js';
import { PackCommits } from '../storage/pack-commits.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import { PackOutlines } from '../storage/pack-outlines.js';
import { StudyContents } from '../storage/study-contents.js';
import { StudyDecisionRecords } from '../storage/study-decision-records.js';
import { compareIndexes } from './compare-indexes.js';
import { PlanPacks } from './plan-packs.js';
import { RebuildIndexHandler } from './rebuild-index.handler.js';
import { RebuildPlanStore } from './rebuild-plan.store.js';
import { ReplayDecisions } from './replay-decisions.js';
import { comparisonOf, reportOf } from './report.js';
import { SilentOutbox } from './silent-outbox.js';

const DIFFERENCES_AT_MOST = 1_000;

export interface RebuildSettings {
  readonly databaseUrl: string;
  /** The database as it was, to compare with. */
  readonly compareUrl?: string | undefined;
}

/** Rebuilds, compares when there is something to compare with, and says what came of it. True when all is well. */
export async function runRebuild(
  objects: ObjectStore,
  { databaseUrl, compareUrl }: RebuildSettings,
  write: { readonly line: (line: string) => void; readonly progress: (line: string) => void },
  signal: AbortSignal,
): Promise<boolean> {
  const database = new Database({ url: databaseUrl, applicationName: 'rebuild-index' });
  const old =
    compareUrl === undefined ? undefined : new Database({ url: compareUrl, applicationName: 'rebuild-index' });
  try {
    const rebuilt = await rebuildHandler(objects, database).execute(signal, write.progress);
    for (const line of reportOf(rebuilt)) write.line(line);
    if (old === undefined) return rebuilt.damaged === 0;
    let differences = 0;
    for await (const difference of compareIndexes(old, database)) {
      differences += 1;
      if (differences <= DIFFERENCES_AT_MOST) write.line(comparisonOf(difference));
    }
    write.line(differences === 0 ? 'Equal, row by row.' : `${differences} rows are different.`);
    return rebuilt.damaged === 0 && differences === 0;
  } finally {
    await Promise.all([database.close(), old?.close()]);
  }
}

/** The parts of the service that register packs, with what nobody is told. */
function rebuildHandler(objects: ObjectStore, database: Database): RebuildIndexHandler {
  const indexes = new PackIndexStore(objects, { report: async () => {} });
  const contents = new StudyContents(database, indexes);
  const receipts = new PackReceipts(database, indexes, contents);
  const outbox = new SilentOutbox(database, 'urn:yinglian:study-registry');
  // Commits stay as they are: they say what was first.
  const register = new RegisterPackHandler(database, outbox, contents, receipts, { put: async () => {} });
  const commits = new PackCommits(objects);
  const plan = new RebuildPlanStore(database);
  const outlines = new PackOutlines(objects);
  const list = new PlanPacks(objects, commits, outlines, plan);
  const decisions = new ReplayDecisions(database, new StudyDecisionRecords(objects));
  return new RebuildIndexHandler(database, objects, { plan, list, commits, decisions, outlines }, indexes, register);
}
