import { Injectable } from '@nestjs/common';
import type { PackReceipt } from '@yinglian/contracts';
import { Database, type Sql } from '@yinglian/persistence';
import { notServed } from '../domain/sort-instances.js';
import { type KnownPack, PackStore } from '../storage/pack.store.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import { PulledPackStore } from '../storage/pulled-pack.store.js';
import { StudyStore } from '../storage/study.store.js';
import { StudyContents } from '../storage/study-contents.js';

/** What is said of packs that are registered, as it is now: a steward may have decided since they came, or before. */
@Injectable()
export class PackReceipts {
  constructor(
    private readonly database: Database,
    private readonly indexes: PackIndexStore,
    private readonly contents: StudyContents,
  ) {}

  /** Wherever its bytes are. */
  registered(digest: string): Promise<KnownPack | undefined> {
    return new PackStore(this.database).find(digest);
  }

  /** Its gateway hears that it is here, and may delete its own: it is not let go any more. False when it was, a moment ago. */
  async isHereForGood({ digest, studyUid }: { digest: string; studyUid: string }): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      await new StudyStore(tx).lock(studyUid);
      if ((await new PackStore(tx).find(digest))?.atHospital !== false) return false;
      await new PulledPackStore(tx).stays(digest);
      return true;
    });
  }

  /** Undefined when the pack is not registered. */
  async of(digest: string, sql: Sql = this.database): Promise<PackReceipt | undefined> {
    const known = await new PackStore(sql).find(digest);
    if (known === undefined) return undefined;
    const { studyUid, stored, duplicates, quarantined } = known;
    const { instances } = await this.indexes.index(digest);
    return {
      stored,
      duplicates,
      quarantined,
      notServed: notServed(instances, await this.contents.shown(studyUid, sql)),
    };
  }
}
