import { createHash, randomBytes } from 'node:crypto';
import { Controller, Get, Header, Headers, HttpStatus, Param, Post, Res } from '@nestjs/common';
import { HospitalCode } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, failure, type Principal, unwrap } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import { directoryProblems } from '../directory.errors.js';
import { putClient } from '../storage/client.store.js';
import { allHospitals, hospitalByCode } from '../storage/hospital.store.js';

const GATEWAY_SCOPES = ['packs:write', 'gateway:read'];

/** For the launcher, which runs gateways, and for the gateways themselves. */
@Controller('api/directory')
export class RunGatewaysController {
  constructor(private readonly database: Database) {}

  @Get('gateways')
  @Allow({ scopes: ['gateway:enrol'] })
  async gateways() {
    const hospitals = await allHospitals(this.database);
    return hospitals.map(({ code, name, level, aeTitle }) => ({ hospital: code, name, level, aeTitle }));
  }

  /** A new credential for the hospital's gateway, told once; an older one stops working. */
  @Post('hospitals/:code/gateway-credential')
  @Allow({ scopes: ['gateway:enrol'], roles: ['administrator'] })
  @Header('cache-control', 'no-store')
  async credential(@Param('code', { schema: HospitalCode }) code: HospitalCode) {
    const hospital = await hospitalByCode(this.database, code);
    if (hospital === undefined) return unwrap(failure(directoryProblems.HOSPITAL_NOT_FOUND));
    const clientId = `gateway-${code}`;
    const clientSecret = randomBytes(32).toString('base64url');
    const secretSha256 = createHash('sha256').update(clientSecret).digest('hex');
    await putClient(this.database, { clientId, secretSha256, scopes: GATEWAY_SCOPES, hospital: code });
    return { clientId, clientSecret };
  }

  /** What a gateway needs to know; with an ETag, as it asks every few seconds (ADR 0009). */
  @Get('hospitals/:code/gateway-configuration')
  @Allow({ scopes: ['gateway:read'] })
  async configuration(
    @Param('code', { schema: HospitalCode }) code: HospitalCode,
    @Caller() caller: Principal,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (caller.kind !== 'service' || caller.hospital !== code) return unwrap(failure(directoryProblems.OTHER_HOSPITAL));
    const hospital = await hospitalByCode(this.database, code);
    if (hospital === undefined) return unwrap(failure(directoryProblems.HOSPITAL_NOT_FOUND));
    const tag = `"${hospital.version}"`;
    void reply.header('etag', tag);
    if (known === tag) {
      void reply.status(HttpStatus.NOT_MODIFIED);
      return undefined;
    }
    const { name, aeTitle, callingAeTitles, version } = hospital;
    return { hospital: code, name, aeTitle, callingAeTitles, version };
  }
}
