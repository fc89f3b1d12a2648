import { Logger } from '@nestjs/common';
import { dicomJsonOf, type ResponseFields, readDataSet, type ServiceRequest, STATUS } from '@yinglian/dicom';
import type { DevicePeer, DimseService } from '../admit-devices/dimse-service.js';
import {
  type CommitmentRequest,
  commitmentRequestOf,
  REQUEST_COMMITMENT,
  STORAGE_COMMITMENT,
  STORAGE_COMMITMENT_INSTANCE,
} from './commitment.js';
import type { CommitmentStore } from './commitment.store.js';
import type { CommitmentReporter } from './commitment-reporter.js';

/** Requests that wait at most: beyond, a device is to ask later. */
const MOST_REQUESTS = 10_000;

/** Storage Commitment Push Model SCP (PS3.4 annex J): a request is answered when it is durable, and reported on later. */
export class CommitStorageScp implements DimseService {
  readonly abstractSyntaxes = [STORAGE_COMMITMENT];
  private readonly logger = new Logger(CommitStorageScp.name);

  constructor(
    private readonly store: CommitmentStore,
    private readonly reporter: CommitmentReporter,
    private readonly asked: (sopInstanceUids: readonly string[]) => void,
  ) {}

  start(): void {
    this.reporter.start();
  }

  stop(): Promise<void> {
    return this.reporter.stop();
  }

  async perform(request: ServiceRequest, peer: DevicePeer): Promise<ResponseFields> {
    const { operation, sopInstanceUid, typeId } = request;
    if (operation !== 'N-ACTION') return { status: STATUS.unrecognizedOperation };
    if (sopInstanceUid !== STORAGE_COMMITMENT_INSTANCE) return { status: STATUS.noSuchInstance };
    if (typeId !== REQUEST_COMMITMENT) return { status: STATUS.noSuchAction };
    const asked = read(request);
    if (asked === undefined)
      return { status: STATUS.invalidArgument, comment: 'A UID or the list is missing or wrong' };
    return this.take(asked, peer);
  }

  opened(peer: DevicePeer): void {
    if (peer.outgoing.canSend(STORAGE_COMMITMENT)) this.reporter.opened(peer);
  }

  private async take(asked: CommitmentRequest, peer: DevicePeer): Promise<ResponseFields> {
    try {
      if (this.store.count >= MOST_REQUESTS) return { status: STATUS.resourceLimitation };
      const request = await this.store.add(peer.aeTitle, asked, Date.now());
      this.reporter.asked(request);
      return { status: STATUS.success };
    } catch (error) {
      this.logger.error({ err: error }, 'A request of storage commitment cannot be kept');
      return { status: STATUS.processingFailure, comment: 'The request cannot be kept' };
    }
  }
}

function read({ dataSet, transferSyntaxUid }: ServiceRequest): CommitmentRequest | undefined {
  try {
    return commitmentRequestOf(dicomJsonOf(readDataSet(dataSet, transferSyntaxUid)));
  } catch {
    return undefined;
  }
}
