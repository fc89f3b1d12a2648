import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database, Listener, type Sql } from '@yinglian/persistence';
import { LRUCache } from 'lru-cache';
import { CHANGED_STUDIES, type OpenedStudyRow, StudyStore } from '../storage/study.store.js';

const REMEMBERED_MS = 3_000;
const STUDIES_AT_MOST = 2_000;
const WHOLE_STUDY = '';

/**
 * Studies as they are shown, with their packs. A viewer asks for hundreds of frames of one: it is remembered for some seconds, and only
 * while this process hears when a study changes, whichever process changes it.
 */
@Injectable()
export class OpenedStudies implements OnApplicationBootstrap, OnModuleDestroy {
  /** By Study Instance UID, and by what of it was asked for: it as a whole, or one series. */
  private readonly known = new LRUCache<string, Map<string, OpenedStudyRow>>({
    max: STUDIES_AT_MOST,
    ttl: REMEMBERED_MS,
  });
  private readonly listener: Listener;
  private generation = 0;
  private isTold = false;

  constructor(private readonly database: Database) {
    this.listener = new Listener(database, CHANGED_STUDIES, {
      heard: (studyUid) => this.forget(studyUid),
      listens: (isSo) => {
        this.isTold = isSo;
        this.generation += 1;
        this.known.clear();
      },
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.listener.listen();
  }

  onModuleDestroy(): Promise<void> {
    return this.listener.close();
  }

  /** Undefined when it is not there, or withdrawn. */
  async find(studyUid: string, seriesUid?: string): Promise<OpenedStudyRow | undefined> {
    const extent = seriesUid ?? WHOLE_STUDY;
    const known = this.known.get(studyUid)?.get(extent);
    if (known !== undefined) return known;
    const begun = this.generation;
    const study = await new StudyStore(this.database).findOpened(studyUid, seriesUid);
    // What has changed since it was read is read again, and what nobody has is not remembered for who asks for anything.
    if (study === undefined || study.packs.length === 0 || !this.isTold || begun !== this.generation) return study;
    const extents = this.known.get(studyUid) ?? new Map<string, OpenedStudyRow>();
    if (extents.size === 0) this.known.set(studyUid, extents);
    extents.set(extent, study);
    return study;
  }

  /** Does something in a transaction that alone works on the study: who is answered afterwards opens what came of it. */
  async change<T>(studyUid: string, work: (tx: Sql) => Promise<T>): Promise<T> {
    try {
      return await this.database.transaction(async (tx) => {
        await new StudyStore(tx).lock(studyUid);
        return work(tx);
      });
    } finally {
      this.forget(studyUid);
    }
  }

  /** For who has changed it and answers now; other processes hear of it. */
  forget(studyUid: string): void {
    this.generation += 1;
    this.known.delete(studyUid);
  }
}
