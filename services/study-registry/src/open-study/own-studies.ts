import { Injectable } from '@nestjs/common';
import type { TreatingHospitals } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { StudyStore } from '../storage/study.store.js';

/** Whoever has made a study of a person has treated them. */
@Injectable()
export class OwnStudies implements TreatingHospitals {
  constructor(private readonly database: Database) {}

  hospitalsTreating(personIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return new StudyStore(this.database).hospitalsTreating(personIds);
  }
}
