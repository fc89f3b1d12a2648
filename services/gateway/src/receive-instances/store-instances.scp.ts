import { Injectable } from '@nestjs/common';
import {
  commentOf,
  type DataSetSink,
  fileMeta,
  type Refusal,
  type ScannedInstance,
  STATUS,
  type StoreAnswer,
  type StoreRequest,
  statusOf,
} from '@yinglian/dicom';
import { FetchReceipts } from '../fetch-studies/fetch-receipts.js';
import { GatewayMetrics } from '../gateway.metrics.js';
import { SentPriors } from '../send-priors/sent-priors.store.js';
import { IncomingInstance } from './incoming-instance.js';
import type { InstanceIntake } from './instance-intake.js';
import { InstanceReception } from './instance-reception.js';

/** What one device stores within one association. */
export interface StorageAssociation {
  store(request: StoreRequest): DataSetSink | StoreAnswer;
  closed(): void;
}

/** The storage provider of a hospital (PS3.4 annex B): a device is answered when its instance is durable. */
@Injectable()
export class StoreInstancesScp {
  constructor(
    private readonly reception: InstanceReception,
    private readonly metrics: GatewayMetrics,
    private readonly priors: SentPriors,
    private readonly receipts: FetchReceipts,
  ) {}

  open(callingAeTitle: string): StorageAssociation {
    const intake = this.reception.open({ via: 'C-STORE', callingAeTitle });
    return {
      store: (request) => this.beginStore(intake, request, callingAeTitle),
      closed: () => void intake.close(),
    };
  }

  private beginStore(intake: InstanceIntake, request: StoreRequest, sourceAeTitle: string): DataSetSink | StoreAnswer {
    if (this.priors.has(request.sopInstanceUid)) return this.returned();
    const incoming = intake.begin(request.isHighPriority);
    if (!(incoming instanceof IncomingInstance)) return this.refuse(incoming);
    incoming.write(fileMeta({ ...request, sourceAeTitle }));
    return {
      write: (bytes) => incoming.write(bytes),
      abandon: () => incoming.discard(),
      end: async () => {
        const finished = await incoming.finish((scanned) => disagreement(request, scanned));
        const outcome = await finished.outcome;
        if ('stored' in outcome) this.receipts.stored(outcome.stored);
        return 'refused' in outcome ? this.refuse(outcome.refused) : { status: STATUS.success };
      },
    };
  }

  /** A PACS forwards what this gateway pushed to it: another hospital's image is not registered as this one's (ADR 0019). */
  private returned(): DataSetSink {
    return {
      write: () => undefined,
      abandon: async () => undefined,
      end: async () => {
        this.metrics.instanceReturned();
        return { status: STATUS.success };
      },
    };
  }

  private refuse(refusal: Refusal): StoreAnswer {
    this.metrics.instanceRefused(refusal);
    return { status: statusOf(refusal), comment: commentOf(refusal) };
  }
}

/** The command and the data set must speak of the same instance (PS3.4 section B.2.3, status A900). */
function disagreement(request: StoreRequest, { sopClassUid, sopInstanceUid }: ScannedInstance): Refusal | undefined {
  if (sopInstanceUid !== request.sopInstanceUid) return 'other-instance';
  return sopClassUid === request.sopClassUid ? undefined : 'other-class';
}
