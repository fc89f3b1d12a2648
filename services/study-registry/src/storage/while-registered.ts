import type { Database } from '@yinglian/persistence';
import { PackStore } from './pack.store.js';
import { StudyStore } from './study.store.js';

/**
 * Stores something of a pack unless it is registered no more, and says whether. The study is locked meanwhile: what is destroyed does not
 * come back by what was read of it before.
 */
export async function whileRegistered(database: Database, digest: string, keep: () => Promise<void>): Promise<boolean> {
  const pack = await new PackStore(database).find(digest);
  if (pack === undefined) return false;
  return database.transaction(async (tx) => {
    await new StudyStore(tx).lock(pack.studyUid);
    if ((await new PackStore(tx).find(digest)) === undefined) return false;
    await keep();
    return true;
  });
}
