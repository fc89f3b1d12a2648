import { Logger } from '@nestjs/common';
import {
  type Inquiry,
  type InquiryAnswer,
  isStorageClass,
  NotAnsweredError,
  type OutgoingMessages,
  type Service,
  type ServiceAssociation,
  STATUS,
  type StoreAnswer,
} from '@yinglian/dicom';
import { type Result, stackOf } from '@yinglian/platform';
import type { Workstation } from '../../storage/workstation.store.js';
import type { Inquiries } from '../inquiries.js';
import { queryRetrieveClass } from '../query-retrieve-classes.js';
import { refusalAnswer } from '../refusal-answer.js';
import type { WorkstationCaller } from './workstation-caller.js';

interface Opened {
  /** Who asks now. */
  caller(): Promise<Result<WorkstationCaller>>;
  closed(): void;
}

/** What a workstation finds behind an association: queries, and storage towards itself for C-GET. */
export class WorkstationAssociation implements ServiceAssociation {
  private readonly logger = new Logger(WorkstationAssociation.name);
  private outgoing: OutgoingMessages | undefined;

  constructor(
    private readonly workstation: Workstation,
    private readonly inquiries: Inquiries,
    private readonly opening: Opened,
  ) {}

  serviceOf(abstractSyntax: string): Service | undefined {
    if (queryRetrieveClass(abstractSyntax) !== undefined) return 'inquiries';
    return isStorageClass(abstractSyntax) ? 'retrieval' : undefined;
  }

  opened(outgoing: OutgoingMessages): void {
    this.outgoing = outgoing;
  }

  /** Images come to the province through gateways. */
  store(): StoreAnswer {
    return { status: STATUS.sopClassNotSupported };
  }

  async *inquire(inquiry: Inquiry): AsyncGenerator<InquiryAnswer, InquiryAnswer> {
    const { outgoing, workstation } = this;
    const sopClass = queryRetrieveClass(inquiry.abstractSyntax);
    if (outgoing === undefined || sopClass?.operation !== inquiry.operation) {
      return { status: STATUS.unrecognizedOperation };
    }
    const caller = await this.opening.caller();
    if (!caller.ok) return refusalAnswer(caller);
    try {
      return yield* this.inquiries.answer(inquiry, {
        caller: caller.value,
        root: sopClass.root,
        workstation,
        outgoing,
      });
    } catch (error) {
      // It aborts the association either way; a workstation that is gone is no fault of this side.
      if (!(error instanceof NotAnsweredError)) this.logger.error(stackOf(error));
      throw error;
    }
  }

  closed(): void {
    this.opening.closed();
  }
}
