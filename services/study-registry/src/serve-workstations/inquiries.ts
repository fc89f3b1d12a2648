import { Inject, Injectable } from '@nestjs/common';
import type { Inquiry, InquiryAnswer } from '@yinglian/dicom';
import type { StudyRegistryConfig } from '../study-registry.config.js';
import { AnswerFindsScp } from './answer-finds/answer-finds.scp.js';
import type { Asking } from './asking.js';
import { DIMSE_CONFIG } from './dimse-config.js';
import { GetStudiesScp } from './get-studies/get-studies.scp.js';
import { MoveStudiesScp } from './move-studies/move-studies.scp.js';

/** Gives each operation to the one that answers it. */
@Injectable()
export class Inquiries {
  constructor(
    @Inject(DIMSE_CONFIG) private readonly config: StudyRegistryConfig,
    private readonly finds: AnswerFindsScp,
    private readonly gets: GetStudiesScp,
    private readonly moves: MoveStudiesScp,
  ) {}

  answer(inquiry: Inquiry, asking: Asking): AsyncGenerator<InquiryAnswer, InquiryAnswer> {
    if (inquiry.operation === 'C-GET') return this.gets.answer(asking, inquiry);
    if (inquiry.operation === 'C-MOVE') return this.moves.answer(asking, inquiry);
    return this.finds.answer(asking.caller, asking.root, inquiry, this.config.DIMSE_AE_TITLE);
  }
}
