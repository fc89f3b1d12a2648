import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { HospitalCode } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, failure, type Principal, success, unwrap } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import { directoryProblems } from '../directory.errors.js';
import { gatewayConfiguration } from '../domain/hospital.js';
import { findHospital } from '../storage/hospital.store.js';
import { listDeadlines } from '../storage/upload-deadline.store.js';

@Controller('api/directory/hospitals/:code/gateway-configuration')
export class GatewayConfigurationController {
  constructor(private readonly database: Database) {}

  /** What the hospital's gateway works by. It asks every two seconds: 304 while its ETag is the present one (RFC 9110 13.1.2). */
  @Get()
  @Allow({ scopes: ['gateway:read'] })
  async read(
    @Param('code', { schema: HospitalCode }) code: HospitalCode,
    @Caller() gateway: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-none-match') known?: string,
  ) {
    if (gateway.hospital !== code) unwrap(failure(directoryProblems.ANOTHER_HOSPITALS_GATEWAY));
    const found = await findHospital(this.database, code);
    const hospital = unwrap(found ? success(found) : failure(directoryProblems.HOSPITAL_NOT_FOUND));
    const deadlines = await listDeadlines(this.database);
    const etag = `"${hospital.version}-${Math.max(0, ...deadlines.map(({ revision }) => revision))}"`;
    reply.headers({ etag, 'cache-control': 'private, no-cache' });
    if (known === etag || known === `W/${etag}`) {
      reply.status(304);
      return undefined;
    }
    return gatewayConfiguration(hospital, deadlines);
  }
}
