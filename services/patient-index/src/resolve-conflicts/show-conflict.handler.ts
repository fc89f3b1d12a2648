import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { compareRecords, type FieldAgreement } from '../domain/compare-records.js';
import type { Evidence } from '../domain/evidence/weigh.js';
import { presentRecord, type RecordView } from '../show-records/present-record.js';
import type { StoredConflict } from '../storage/conflict.store.js';
import { personsInGroupsOf } from '../storage/person.store.js';
import { type Question, questionsAbout } from '../storage/question.store.js';
import { recordsOf, type StoredRecord } from '../storage/record.store.js';
import { headOf } from './list-conflicts.handler.js';
import { WeighRecords } from './weigh-records.js';

/** Records beside which nobody sees differences any more. */
const RECORDS_AT_MOST = 5;

export interface ComparedRecord extends RecordView {
  /** `asked`: the one in question; `own`: of the same person; `other`: of whoever may be the same. */
  readonly side: 'asked' | 'own' | 'other';
  /** With the record in question; empty of that itself. */
  readonly agreements: readonly FieldAgreement[];
  /** What the newest statements of both speak for; null where one of them is not described. */
  readonly evidence: Evidence | null;
}

export interface ShownConflict extends ReturnType<typeof headOf> {
  readonly personId: string;
  /** Null when nobody holds the number. */
  readonly otherPersonId: string | null;
  readonly records: readonly ComparedRecord[];
  readonly recordsLeftOut: number;
  readonly questions: readonly Question[];
}

/** One conflict with the records of both sides in full, side by side. */
@Injectable()
export class ShowConflictHandler {
  constructor(
    private readonly database: Database,
    private readonly weighRecords: WeighRecords,
  ) {}

  async execute(conflict: StoredConflict, now: Date): Promise<ShownConflict> {
    const { conflictId, personId, otherPersonId } = conflict;
    const persons = await personsInGroupsOf(this.database, [personId, otherPersonId ?? []].flat());
    const [records, questions] = await Promise.all([
      recordsOf(
        this.database,
        persons.map((person) => person.personId),
      ),
      questionsAbout(this.database, [conflictId]),
    ]);
    const { asked, beside } = arrange(conflict, records);
    const shown = beside.slice(0, RECORDS_AT_MOST - 1);
    const weighed = await this.weighRecords.beside(
      asked[0],
      shown.map(({ record }) => record),
      now,
    );
    return {
      ...headOf(conflict),
      personId,
      otherPersonId,
      records: [
        ...asked.map((record) => ({
          ...presentRecord(record, now),
          side: 'asked' as const,
          agreements: [],
          evidence: null,
        })),
        ...shown.map(({ record, side }) => ({
          ...presentRecord(record, now),
          side,
          agreements: compareRecords(asked[0]?.statements ?? [], record.statements),
          evidence: weighed.get(record.patientNo) ?? null,
        })),
      ],
      recordsLeftOut: beside.length - shown.length,
      questions,
    };
  }
}

/** The other side first, and of each side whoever was described last. */
function arrange({ patient, personId }: StoredConflict, records: readonly StoredRecord[]) {
  const isAsked = (record: StoredRecord) =>
    record.patient.hospital === patient.hospital &&
    record.patient.issuer === patient.issuer &&
    record.patient.id === patient.id;
  const beside = records
    .filter((record) => !isAsked(record))
    .map((record) => ({ record, side: record.personId === personId ? ('own' as const) : ('other' as const) }))
    .sort(
      (a, b) => Number(a.side === 'own') - Number(b.side === 'own') || describedAt(b.record) - describedAt(a.record),
    );
  return { asked: records.filter(isAsked), beside };
}

const describedAt = ({ statements }: StoredRecord): number => statements[0]?.observedAt.getTime() ?? 0;
