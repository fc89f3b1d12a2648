import type { OutgoingMessages, ResponseFields, ServiceRequest } from '@yinglian/dicom';

/** A device within one association. */
export interface DevicePeer {
  readonly aeTitle: string;
  /** For requests to the device on this association, while it lasts. */
  readonly outgoing: OutgoingMessages;
}

/** A service of small messages that devices may use; each one names the abstract syntaxes that it serves. */
export interface DimseService {
  readonly abstractSyntaxes: readonly string[];
  /** Must not reject. */
  perform(request: ServiceRequest, peer: DevicePeer): Promise<ResponseFields>;
  opened?(peer: DevicePeer): void;
  closed?(peer: DevicePeer): void;
  /** Called before the first device can come, and after the last one has gone. */
  start?(): void;
  stop?(): Promise<void>;
}

/** All of them, for `AdmitDevicesScp`. */
export const DIMSE_SERVICES = Symbol('DIMSE services');
