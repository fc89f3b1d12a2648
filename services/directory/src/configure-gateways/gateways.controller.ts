import { Controller, Get, Header, Param, Post } from '@nestjs/common';
import { DeedRecordedV1, HospitalCode } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, deedBy, failure, type Principal, unwrap } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { gatewayClient } from '../domain/service-client.js';
import { hashClientSecret, newClientSecret } from '../manage-clients/client-secret.js';
import { findHospital, listHospitals } from '../storage/hospital.store.js';
import { replaceClient } from '../storage/service-client.store.js';

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

  /** A new credential for the hospital's gateway, shown this one time; an older one stops working at once. */
  @Post('hospitals/:code/gateway-credential')
  @Header('cache-control', 'no-store')
  async newCredential(@Param('code', { schema: HospitalCode }) code: HospitalCode, @Caller() caller: Principal) {
    if ((await findHospital(this.database, code)) === undefined) {
      unwrap(failure(directoryProblems.HOSPITAL_NOT_FOUND));
    }
    const client = gatewayClient(code);
    const clientSecret = newClientSecret();
    const object = { kind: 'client', id: client.clientId } as const;
    const deed = deedBy(caller, { action: 'client.renew', hospital: code, object }, new Date());
    await this.database.transaction(async (tx) => {
      await replaceClient(tx, client, hashClientSecret(clientSecret));
      await this.outbox.add(tx, DeedRecordedV1, deed);
    });
    return { clientId: client.clientId, clientSecret };
  }
}
