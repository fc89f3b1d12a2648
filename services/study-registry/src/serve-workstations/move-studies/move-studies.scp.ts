import { Inject, Injectable } from '@nestjs/common';
import { type Inquiry, type InquiryAnswer, STATUS } from '@yinglian/dicom';
import { Database } from '@yinglian/persistence';
import { WorkstationStore } from '../../storage/workstation.store.js';
import type { StudyRegistryConfig } from '../../study-registry.config.js';
import type { Asking } from '../asking.js';
import { ChooseInstances } from '../deliver-instances/choose-instances.js';
import { deliverInstances } from '../deliver-instances/deliver-instances.js';
import { InstanceDataSets } from '../deliver-instances/instance-data-set.js';
import { DIMSE_CONFIG } from '../dimse-config.js';
import { readIdentifier } from '../identifier.js';
import { DestinationSender } from './destination-sender.js';

/** C-MOVE (PS3.4 section C.4.2): instances are stored at a workstation of the same hospital. */
@Injectable()
export class MoveStudiesScp {
  constructor(
    @Inject(DIMSE_CONFIG) private readonly config: StudyRegistryConfig,
    private readonly database: Database,
    private readonly choose: ChooseInstances,
    private readonly dataSets: InstanceDataSets,
  ) {}

  async *answer({ caller, root, workstation }: Asking, inquiry: Inquiry): AsyncGenerator<InquiryAnswer, InquiryAnswer> {
    const { identifier: bytes, transferSyntaxUid, signal, moveDestination, messageId } = inquiry;
    const identifier = readIdentifier(bytes, transferSyntaxUid, root);
    if (typeof identifier === 'string') return { status: STATUS.dataSetDoesNotMatch, comment: identifier };
    const destination = await new WorkstationStore(this.database).find(moveDestination);
    const { host = null, port = null } = destination ?? {};
    // What is opened for one hospital is not sent to another.
    if (destination?.hospital !== caller.hospital || host === null || port === null) {
      return { status: STATUS.moveDestinationUnknown };
    }
    const chosen = await this.choose.execute(caller, root, identifier, signal);
    if ('status' in chosen) return chosen;
    const sender = new DestinationSender(
      { ...destination, host, port },
      { aeTitle: workstation.aeTitle, messageId },
      this.config,
      this.dataSets,
    );
    try {
      return yield* deliverInstances(chosen, (instance) => sender.send(instance, chosen.instances), inquiry);
    } finally {
      await sender.close();
    }
  }
}
