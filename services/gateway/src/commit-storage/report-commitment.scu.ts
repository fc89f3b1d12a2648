import type { SecureContextOptions } from 'node:tls';
import { Logger } from '@nestjs/common';
import {
  COMMAND,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  type OutgoingRequest,
  RequestedAssociation,
  STATUS,
  writeDataSet,
} from '@yinglian/dicom';
import type { associationOptions } from '../admit-devices/association-options.js';
import type { Device } from '../admit-devices/device.js';
import type { DevicePeer } from '../admit-devices/dimse-service.js';
import {
  type CommitmentReport,
  eventInformationOf,
  eventTypeOf,
  type NumberedReport,
  STORAGE_COMMITMENT,
  STORAGE_COMMITMENT_INSTANCE,
} from './commitment.js';

export interface ReportOptions {
  readonly deviceOf: (aeTitle: string) => Device;
  /** What this gateway calls itself; undefined while nobody has said. */
  readonly ownAeTitle: () => string | undefined;
  readonly identity: () => SecureContextOptions | undefined;
  readonly association: ReturnType<typeof associationOptions>;
}

interface Sender {
  send(request: OutgoingRequest, timeoutMs: number): Promise<number>;
}

const contexts = [
  { id: 1, abstractSyntax: STORAGE_COMMITMENT, transferSyntaxes: [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN] },
];
/** Who opens the association is the provider of the service (PS3.4 section J.3.3, PS3.7 section D.3.3.4). */
const roles = [{ sopClassUid: STORAGE_COMMITMENT, scu: false, scp: true }];

/** Sends N-EVENT-REPORT of storage commitment, on an association that the device has open or to its own address. */
export class ReportCommitmentScu {
  private readonly logger = new Logger(ReportCommitmentScu.name);

  constructor(private readonly options: ReportOptions) {}

  /** Resolves with the requests whose reports the device took. */
  async deliver(
    aeTitle: string,
    reports: readonly NumberedReport[],
    peer: DevicePeer | undefined,
  ): Promise<readonly number[]> {
    if (peer !== undefined) return this.sendAll(peer.outgoing, aeTitle, reports);
    const association = await this.connect(aeTitle);
    if (association === undefined) return [];
    const taken = await this.sendAll(association, aeTitle, reports);
    await association.release();
    return taken;
  }

  private async connect(aeTitle: string): Promise<RequestedAssociation | undefined> {
    const { deviceOf, ownAeTitle, identity, association } = this.options;
    const { host, port, tls } = deviceOf(aeTitle);
    const callingAeTitle = ownAeTitle();
    if (host === undefined || port === undefined || callingAeTitle === undefined) return undefined;
    const address = { host, port, ...(tls && { tls: identity() ?? {} }) };
    try {
      const proposal = { callingAeTitle, calledAeTitle: aeTitle, contexts, roles };
      return await RequestedAssociation.open(address, proposal, association);
    } catch (error) {
      this.logger.warn({ err: error, aeTitle }, 'A device cannot be reached for a report of storage commitment');
      return undefined;
    }
  }

  private async sendAll(sender: Sender, aeTitle: string, reports: readonly NumberedReport[]): Promise<number[]> {
    const taken: number[] = [];
    try {
      for (const [request, report] of reports) {
        const status = await sender.send(requestOf(report), this.options.association.idleTimeoutMs);
        if (status === STATUS.success) taken.push(request);
        else this.logger.warn({ aeTitle, status }, 'A device refuses a report of storage commitment');
      }
    } catch (error) {
      this.logger.warn({ err: error, aeTitle }, 'A device did not answer a report of storage commitment');
    }
    return taken;
  }
}

const requestOf = (report: CommitmentReport): OutgoingRequest => ({
  commandField: COMMAND.eventReport,
  abstractSyntax: STORAGE_COMMITMENT,
  sopClassUid: STORAGE_COMMITMENT,
  sopInstanceUid: STORAGE_COMMITMENT_INSTANCE,
  typeId: eventTypeOf(report),
  dataSet: (transferSyntaxUid) => writeDataSet(eventInformationOf(report), transferSyntaxUid),
});
