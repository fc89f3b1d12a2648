import { Injectable } from '@nestjs/common';
import type { PackReceipt } from '@yinglian/contracts';
import { Database, type Sql } from '@yinglian/persistence';
import { notServed } from '../domain/sort-instances.js';
import { type KnownPack, PackStore } from '../storage/pack.store.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
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
