import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PatientDescribedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { LRUCache } from 'lru-cache';
import type { DescribedPatient } from './series-pack.js';

const REMEMBERED = 16_384;

type Patients = ReadonlyMap<string, DescribedPatient>;

/** Tells the patient index whose the stored images are, once for each description of a study's patient while it is remembered. */
@Injectable()
export class TellPatients {
  private readonly known = new LRUCache<string, true>({ max: REMEMBERED });

  constructor(private readonly outbox: Outbox) {}

  async tell(tx: Sql, patients: Patients): Promise<void> {
    for (const [mark, described] of patients) {
      if (!this.known.has(keyOf(mark, described))) await this.outbox.add(tx, PatientDescribedV1, described);
    }
  }

  /** The transaction in which they were told is committed. */
  told(patients: Patients): void {
    for (const [mark, described] of patients) this.known.set(keyOf(mark, described), true);
  }
}

const keyOf = (mark: string, { hospital, studyInstanceUid }: DescribedPatient) =>
  createHash('sha256').update([hospital, studyInstanceUid, mark].join('\0')).digest('base64url');
