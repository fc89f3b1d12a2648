import { createHash, randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { Uid } from '@yinglian/contracts';
import { type ResponseFields, type ServiceRequest, STATUS } from '@yinglian/dicom';
import type { DevicePeer, DimseService } from '../admit-devices/dimse-service.js';
import {
  beginStep,
  changeStep,
  type PerformedStep,
  type SaidOfStep,
  type StepRefusal,
} from '../domain/performed-step.js';
import type { Ledger } from '../ledger/ledger.js';
import type { PerformedStepStore } from '../storage/performed-step.store.js';
import { readStepMessage } from './step-message.js';

/** Modality Performed Procedure Step SOP Class (PS3.4 section F.7). */
export const PERFORMED_STEP = '1.2.840.10008.3.1.2.3.3';

export interface StepListener {
  /** What the step says is durable. */
  stepChanged(step: PerformedStep): void;
  /** Time zone of the hospital, `+0800`. */
  timeZone(): string;
}

/** Performed procedure steps of devices (PS3.4 annex F): a device is answered when what it says is durable. */
export class ReceiveMppsScp implements DimseService {
  readonly abstractSyntaxes = [PERFORMED_STEP];
  private readonly logger = new Logger(ReceiveMppsScp.name);

  constructor(
    private readonly ledger: Ledger,
    private readonly steps: PerformedStepStore,
    private readonly listener: StepListener,
  ) {}

  async perform(request: ServiceRequest, { aeTitle }: DevicePeer): Promise<ResponseFields> {
    const { operation, dataSet, transferSyntaxUid } = request;
    if (operation !== 'N-CREATE' && operation !== 'N-SET') return { status: STATUS.unrecognizedOperation };
    const receivedAt = new Date().toISOString();
    const said = readStepMessage(dataSet, transferSyntaxUid, this.listener.timeZone(), receivedAt);
    if (said === undefined) return { status: STATUS.invalidAttributeValue, comment: 'Not a performed procedure step' };
    const digest = createHash('sha256').update(dataSet).digest('hex');
    try {
      return operation === 'N-CREATE'
        ? await this.create(request.sopInstanceUid, aeTitle, said, digest, receivedAt)
        : await this.change(request.sopInstanceUid, said, digest, receivedAt);
    } catch (error) {
      this.logger.error({ err: error }, 'A performed procedure step cannot be kept');
      return { status: STATUS.processingFailure, comment: 'The step cannot be kept' };
    }
  }

  /** The device may leave the naming of the step to the gateway (PS3.7 section 10.3.5.1.4). */
  private async create(
    named: string,
    aeTitle: string,
    said: SaidOfStep,
    digest: string,
    receivedAt: string,
  ): Promise<ResponseFields> {
    if (named !== '' && !Uid.safeParse(named).success) return { status: STATUS.invalidArgument };
    const sopInstanceUid = named === '' ? uidOfOurs() : named;
    const known = this.steps.find(sopInstanceUid);
    if (known !== undefined) return known.digest === digest ? this.kept(sopInstanceUid) : duplicate;
    const step = beginStep(sopInstanceUid, aeTitle, said, receivedAt);
    return typeof step === 'string' ? REFUSALS[step] : this.keep(step, digest, receivedAt);
  }

  private async change(stepUid: string, said: SaidOfStep, digest: string, receivedAt: string): Promise<ResponseFields> {
    const known = this.steps.find(stepUid);
    if (known === undefined) return { status: STATUS.noSuchInstance };
    if (known.digest === digest) return this.kept(stepUid);
    const step = changeStep(known.step, said, receivedAt);
    return typeof step === 'string' ? REFUSALS[step] : this.keep(step, digest, receivedAt);
  }

  private async keep(step: PerformedStep, digest: string, receivedAt: string): Promise<ResponseFields> {
    this.ledger.transaction(() => this.steps.put(step, digest, receivedAt));
    const response = await this.kept(step.stepUid);
    this.listener.stepChanged(step);
    return response;
  }

  private async kept(sopInstanceUid: string): Promise<ResponseFields> {
    await this.ledger.durable();
    return { status: STATUS.success, sopInstanceUid };
  }
}

const duplicate: ResponseFields = { status: STATUS.duplicateInstance };
const REFUSALS: Readonly<Record<StepRefusal, ResponseFields>> = {
  'not-begun': { status: STATUS.invalidAttributeValue, comment: 'A step begins as IN PROGRESS' },
  'status-missing': { status: STATUS.missingAttribute, comment: 'Performed Procedure Step Status is missing' },
  'order-missing': { status: STATUS.missingAttribute, comment: 'Scheduled Step Attributes Sequence is missing' },
  'has-ended': { status: STATUS.processingFailure, comment: 'The step may no longer be updated' },
};

/** A UID from a UUID (PS3.5 section B.2). */
const uidOfOurs = () => `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
