import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { ObjectStore } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { PackStore } from '../storage/pack.store.js';
import { COMMIT_LIMIT_BYTES, commitOf, sealedCommit } from '../storage/pack-commits.js';
import { StudyStore } from '../storage/study.store.js';
import { putInPlace, putNow } from './heal-object.js';

/** A commit that is nowhere any more is written again by the database's rows: its turn is the same, its study is as it is now. */
@Injectable()
export class RemakeCommit {
  constructor(private readonly database: Database) {}

  /** Returns the key of what was there before, null when that was nothing; undefined when the pack is not registered. */
  async execute(target: ObjectStore, digest: string): Promise<string | null | undefined> {
    const turn = await new PackStore(this.database).turnOf(digest);
    const study = turn === undefined ? undefined : await new StudyStore(this.database).find(turn.studyUid);
    if (turn === undefined || study === undefined) return undefined;
    const copy = await target.receive(
      Readable.from([sealedCommit(commitOf(turn.sequence, study))]),
      COMMIT_LIMIT_BYTES,
    );
    return putInPlace(target, copy, putNow(this.database, 'commit', digest)).finally(copy.discard);
  }
}
