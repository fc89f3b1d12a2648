import { Body, Controller, Get, Header, Param, Post } from '@nestjs/common';
import { ClientKeys, DeedRecordedV1, HospitalCode } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, deedBy, failure, type Principal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { directoryProblems } from '../directory.errors.js';
import { type ClientProof, gatewayClient } from '../domain/service-client.js';
import { hashClientSecret, newClientSecret } from '../manage-clients/client-secret.js';
import { findHospital, listHospitals } from '../storage/hospital.store.js';
import { replaceClient } from '../storage/service-client.store.js';

/** Nothing at all asks for a secret. */
const GatewayCredential = z.preprocess((body) => body ?? {}, z.strictObject({ jwks: ClientKeys.exactOptional() }));

/** For whatever starts gateways: which there are to be, and a credential for each. */
@Controller('api/directory')
@Allow({ scopes: ['gateway:enrol'] })
export class GatewaysController {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** The gateway of every hospital, by code. */
  @Get('gateways')
  async list() {
    const hospitals = await listHospitals(this.database);
    return hospitals.map(({ code, name, level, aeTitle }) => ({ hospital: code, name, level, aeTitle }));
  }

  /**
   * A new credential for the hospital's gateway; an older one stops working at once. With public keys in the body the gateway signs
   * with any of them, and there is no secret; without, the answer holds a secret, this one time.
   */
  @Post('hospitals/:code/gateway-credential')
  @Header('cache-control', 'no-store')
  async newCredential(
    @Param('code', { schema: HospitalCode }) code: HospitalCode,
    @Body({ schema: GatewayCredential }) { jwks }: z.output<typeof GatewayCredential>,
    @Caller() caller: Principal,
  ) {
    if ((await findHospital(this.database, code)) === undefined) {
      unwrap(failure(directoryProblems.HOSPITAL_NOT_FOUND));
    }
    const { clientId } = gatewayClient(code);
    if (jwks !== undefined) {
      await this.replace(code, { jwks }, caller);
      return { clientId };
    }
    const clientSecret = newClientSecret();
    await this.replace(code, { secretHash: hashClientSecret(clientSecret) }, caller);
    return { clientId, clientSecret };
  }

  private replace(hospital: HospitalCode, proof: ClientProof, by: Principal): Promise<void> {
    const client = gatewayClient(hospital);
    const object = { kind: 'client', id: client.clientId } as const;
    return this.database.transaction(async (tx) => {
      await replaceClient(tx, client, proof);
      await this.outbox.add(tx, DeedRecordedV1, deedBy(by, { action: 'client.renew', hospital, object }, new Date()));
    });
  }
}
