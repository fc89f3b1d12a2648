import { Injectable } from '@nestjs/common';
import { type Inquiry, type InquiryAnswer, STATUS } from '@yinglian/dicom';
import type { WorkstationCaller } from '../admit-workstations/workstation-caller.js';
import { readIdentifier } from '../identifier.js';
import type { Root } from '../query-retrieve-classes.js';
import { refusalAnswer } from '../refusal-answer.js';
import { askedKeys, malformed } from './asked-search.js';
import { FindRecords } from './find-records.js';
import { writeAnswer } from './write-answer.js';

/** Who has more to look through than that adds a key. */
const MOST_ANSWERS = 10_000;

/** C-FIND (PS3.4 section C.4.1), hierarchical. */
@Injectable()
export class AnswerFindsScp {
  constructor(private readonly records: FindRecords) {}

  async *answer(
    caller: WorkstationCaller,
    root: Root,
    { identifier: bytes, transferSyntaxUid, signal }: Inquiry,
    retrieveAeTitle: string,
  ): AsyncGenerator<InquiryAnswer, InquiryAnswer> {
    const identifier = readIdentifier(bytes, transferSyntaxUid, root);
    if (typeof identifier === 'string') return { status: STATUS.dataSetDoesNotMatch, comment: identifier };
    const { keys, unsupported } = askedKeys(identifier);
    const wrong = malformed(keys);
    if (wrong !== undefined) return { status: STATUS.dataSetDoesNotMatch, comment: `The value of ${wrong} is wrong` };
    let answers = 0;
    for await (const record of this.records.execute(caller, identifier, keys)) {
      if (signal.aborted) return { status: STATUS.cancelled };
      if (!record.ok) return refusalAnswer(record);
      if (answers >= MOST_ANSWERS) return { status: STATUS.outOfResources, comment: `More than ${MOST_ANSWERS} match` };
      const { dataSet, lacksKeys } = writeAnswer(record.value, identifier, retrieveAeTitle, transferSyntaxUid);
      yield { status: unsupported || lacksKeys ? STATUS.pendingWithoutKeys : STATUS.pending, dataSet };
      answers += 1;
    }
    return { status: signal.aborted ? STATUS.cancelled : STATUS.success };
  }
}
