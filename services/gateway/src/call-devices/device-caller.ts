import { Inject, Injectable } from '@nestjs/common';
import {
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  NotAnsweredError,
  RequestedAssociation,
  type ServiceAssociation,
} from '@yinglian/dicom';
import { associationOptions } from '../admit-devices/association-options.js';
import { DeviceBook } from '../admit-devices/device-book.js';
import { TLS_IDENTITY, type TlsIdentity } from '../follow-certificates/tls-identity.js';
import { HospitalConfiguration } from '../follow-configuration/hospital-configuration.js';
import type { GatewayConfig } from '../gateway.config.js';
import { GATEWAY_CONFIG } from '../gateway.tokens.js';

/** No association comes about with the device now: it is not configured, not there, or does not want one. */
export class DeviceAway extends Error {
  override readonly name = 'DeviceAway';
}

export interface Call {
  readonly aeTitle: string;
  /** Abstract syntaxes, each with the transfer syntaxes that are proposed for it. */
  readonly contexts: readonly { readonly abstractSyntax: string; readonly transferSyntaxes?: readonly string[] }[];
  /** Storage classes in which the device is to store on this association (PS3.4 section C.5.3). */
  readonly storing?: { readonly sopClasses: readonly string[]; readonly service: ServiceAssociation };
  /** How long it may be silent. */
  readonly patienceMs: number;
}

/** A-ASSOCIATE-RQ has odd numbers of one byte for them (PS3.8 section 9.3.2.2). */
export const MOST_CONTEXTS = 128;
const USUAL_SYNTAXES = [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN];

/** Opens associations with the hospital's devices, in the gateway's own name. */
@Injectable()
export class DeviceCaller {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly configuration: HospitalConfiguration,
    private readonly devices: DeviceBook,
    @Inject(TLS_IDENTITY) private readonly identity: TlsIdentity | undefined,
  ) {}

  /** Rejects with a DeviceAway. */
  async open({ aeTitle, contexts, storing, patienceMs }: Call): Promise<RequestedAssociation> {
    const { host, port, tls } = this.devices.find(aeTitle);
    const callingAeTitle = this.configuration.current?.aeTitle;
    if (host === undefined || port === undefined) throw new DeviceAway('The hospital’s file does not say where it is');
    if (callingAeTitle === undefined) throw new DeviceAway('The gateway does not know its own AE title yet');
    const proposal = {
      callingAeTitle,
      calledAeTitle: aeTitle,
      contexts: contexts
        .slice(0, MOST_CONTEXTS)
        .map(({ abstractSyntax, transferSyntaxes = USUAL_SYNTAXES }, place) => ({
          id: place * 2 + 1,
          abstractSyntax,
          transferSyntaxes,
        })),
      roles: (storing?.sopClasses ?? []).map((sopClassUid) => ({ sopClassUid, scu: false, scp: true })),
    };
    const address = { host, port, ...(tls ? { tls: this.identity?.current ?? {} } : {}) };
    const options = { ...associationOptions(this.config), idleTimeoutMs: patienceMs };
    try {
      return await RequestedAssociation.open(address, proposal, options, storing?.service);
    } catch (error) {
      if (error instanceof NotAnsweredError) throw new DeviceAway(error.message, { cause: error });
      throw error;
    }
  }
}
