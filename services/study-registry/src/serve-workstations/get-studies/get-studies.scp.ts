import { Injectable } from '@nestjs/common';
import { COMMAND, type Inquiry, type InquiryAnswer, type OutgoingMessages, STATUS } from '@yinglian/dicom';
import type { StoredInstance } from '../../storage/study-contents.js';
import type { Asking } from '../asking.js';
import { ChooseInstances } from '../deliver-instances/choose-instances.js';
import { type Delivered, deliveredBy, deliverInstances } from '../deliver-instances/deliver-instances.js';
import { InstanceDataSets, sendableSyntaxes } from '../deliver-instances/instance-data-set.js';
import { readIdentifier } from '../identifier.js';

/** How long a workstation may take for its answer, or for a piece of what it is sent. */
const PATIENCE_MS = 60_000;

/** C-GET (PS3.4 section C.4.3): instances are stored on the association that asks for them. */
@Injectable()
export class GetStudiesScp {
  constructor(
    private readonly choose: ChooseInstances,
    private readonly dataSets: InstanceDataSets,
  ) {}

  /** Throws, which aborts the association, when the workstation does not answer. */
  async *answer({ caller, root, outgoing }: Asking, inquiry: Inquiry): AsyncGenerator<InquiryAnswer, InquiryAnswer> {
    const { identifier: bytes, transferSyntaxUid, signal } = inquiry;
    const identifier = readIdentifier(bytes, transferSyntaxUid, root);
    if (typeof identifier === 'string') return { status: STATUS.dataSetDoesNotMatch, comment: identifier };
    const chosen = await this.choose.execute(caller, root, identifier, signal);
    if ('status' in chosen) return chosen;
    return yield* deliverInstances(chosen, (instance) => this.send(outgoing, instance), inquiry);
  }

  private async send(outgoing: OutgoingMessages, instance: StoredInstance): Promise<Delivered> {
    const { sopClassUid, sopInstanceUid } = instance;
    const syntax = sendableSyntaxes(instance).find((each) => outgoing.canSend(sopClassUid, each));
    const dataSet = syntax === undefined ? undefined : await this.dataSets.read(instance, syntax);
    if (syntax === undefined || dataSet === undefined) return 'failed';
    const request = { abstractSyntax: sopClassUid, transferSyntax: syntax, sopClassUid, sopInstanceUid };
    return deliveredBy(
      await outgoing.send({ ...request, commandField: COMMAND.store, dataSet: () => dataSet }, PATIENCE_MS),
    );
  }
}
