import { Injectable } from '@nestjs/common';
import { Uid } from '@yinglian/contracts';
import { type InquiryAnswer, STATUS } from '@yinglian/dicom';
import { readList } from '../../domain/matching.js';
import { OpenInstancesHandler } from '../../open-study/open-instances.handler.js';
import type { StoredInstance } from '../../storage/study-contents.js';
import type { WorkstationCaller } from '../admit-workstations/workstation-caller.js';
import { FindRecords } from '../answer-finds/find-records.js';
import { type Identifier, TAG, UNIQUE_KEYS } from '../identifier.js';
import type { Root } from '../query-retrieve-classes.js';
import { refusalAnswer } from '../refusal-answer.js';

export interface ChosenInstances {
  readonly instances: readonly StoredInstance[];
  /** Problem codes of studies that may not be opened, or of which nothing has arrived: each counts as one failed sub-operation. */
  readonly refusals: readonly string[];
}

/** Counts of sub-operations have 16 bits (PS3.7 section 9.3.3.2). */
const MOST_INSTANCES = 0xffff;
const MOST_STUDIES = 1_000;
const TOO_MANY: InquiryAnswer = {
  status: STATUS.matchesNotCounted,
  comment: 'There are too many instances for one retrieval',
};
const NOT_FOUND = new Set(['STUDY_NOT_FOUND', 'STUDY_WITHDRAWN', 'SERIES_NOT_FOUND', 'INSTANCE_NOT_FOUND']);

/** What a retrieval asks for (PS3.4 section C.4.2.1.4): each study's opening is decided and recorded before a byte leaves. */
@Injectable()
export class ChooseInstances {
  constructor(
    private readonly openInstances: OpenInstancesHandler,
    private readonly records: FindRecords,
  ) {}

  /** An answer instead ends the retrieval. */
  async execute(
    caller: WorkstationCaller,
    root: Root,
    identifier: Identifier,
    signal: AbortSignal,
  ): Promise<ChosenInstances | InquiryAnswer> {
    const named = readList(identifier.values.get(UNIQUE_KEYS[identifier.level]) ?? '');
    const isWrong = identifier.level !== 'PATIENT' && !named.every((uid) => Uid.safeParse(uid).success);
    if (named.length === 0 || isWrong) {
      return { status: STATUS.dataSetDoesNotMatch, comment: 'The unique key of the level has no valid value' };
    }
    const studies = await this.studyUids(caller, root, identifier);
    if ('status' in studies) return studies;
    const isNamed = namedBy(identifier, new Set(named));
    const instances: StoredInstance[] = [];
    const refusals: string[] = [];
    for (const studyUid of studies) {
      if (signal.aborted) return { status: STATUS.cancelled };
      const opened = await this.openInstances.execute(caller, addressIn(studyUid, identifier), 'whole study');
      if (opened.ok) for (const instance of opened.value.instances) isNamed(instance) && instances.push(instance);
      else if (!NOT_FOUND.has(opened.problem.code)) refusals.push(opened.problem.code);
      if (instances.length > MOST_INSTANCES) return TOO_MANY;
    }
    return { instances, refusals };
  }

  /** The studies that are named; in the Patient Root those of them that are of the patient. */
  private async studyUids(
    caller: WorkstationCaller,
    root: Root,
    { level, values }: Identifier,
  ): Promise<readonly string[] | InquiryAnswer> {
    const asked = readList(values.get(TAG.study) ?? '');
    if (asked.length > MOST_STUDIES) return TOO_MANY;
    if (root === 'study') return asked;
    const keys = [TAG.patientId, ...(level === 'PATIENT' ? [] : [TAG.study])];
    const found: string[] = [];
    for await (const study of this.records.studies(caller, new Map(keys.map((tag) => [tag, values.get(tag) ?? ''])))) {
      if (!study.ok) return refusalAnswer(study);
      found.push(study.value.study_uid);
      if (found.length > MOST_STUDIES) return TOO_MANY;
    }
    return found;
  }
}

const addressIn = (studyUid: string, { level, values }: Identifier) => {
  const seriesUid = values.get(TAG.series);
  return level === 'IMAGE' && seriesUid !== undefined ? { studyUid, seriesUid } : { studyUid };
};

function namedBy({ level }: Identifier, named: ReadonlySet<string>): (instance: StoredInstance) => boolean {
  if (level === 'SERIES') return ({ seriesUid }) => named.has(seriesUid);
  if (level === 'IMAGE') return ({ sopInstanceUid }) => named.has(sopInstanceUid);
  return () => true;
}
