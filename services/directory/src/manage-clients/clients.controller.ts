import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ClientId, ClientKeys, HospitalCode, Scope } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { OwnHospital } from '../answer-for-hospitals/own-hospital.guard.js';
import { presentClient } from '../domain/service-client.js';
import { listClients } from '../storage/service-client.store.js';
import { ManageClientsHandler } from './manage-clients.handler.js';

const NewClient = z.strictObject({
  clientId: ClientId,
  scopes: z.array(Scope).min(1).max(Scope.options.length),
  hospital: HospitalCode.nullable().default(null),
  jwks: ClientKeys.exactOptional().describe('Its public keys; without these it gets a secret'),
});

const Page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: ClientId.optional().describe('nextCursor of the page before'),
});

@Controller('api/directory/clients')
@Allow({ roles: ['administrator'] })
@OwnHospital()
export class ClientsController {
  constructor(
    private readonly database: Database,
    private readonly clients: ManageClientsHandler,
  ) {}

  /** One page of service clients by id, without secrets; `nextCursor` is null on the last. */
  @Get()
  async list(@Query({ schema: Page }) { limit, cursor = '' }: z.output<typeof Page>) {
    const found = await listClients(this.database, { after: cursor, limit: limit + 1 });
    const page = found.slice(0, limit);
    return {
      clients: page.map(presentClient),
      nextCursor: found.length > limit ? (page.at(-1)?.clientId ?? null) : null,
    };
  }

  /** Its scopes are of one purpose, else 422. The answer holds the secret, this one time, unless it has keys. */
  @Post()
  @Header('cache-control', 'no-store')
  async add(@Body({ schema: NewClient }) client: z.output<typeof NewClient>, @Caller() caller: Principal) {
    return unwrap(await this.clients.add(client, caller, new Date()));
  }

  /** Makes a new secret, shown this one time; the old one stops working at once. */
  @Post(':clientId/secret')
  @Header('cache-control', 'no-store')
  async newSecret(@Param('clientId', { schema: ClientId }) clientId: string, @Caller() caller: Principal) {
    return unwrap(await this.clients.newSecret(clientId, caller, new Date()));
  }

  /** All of its keys. To change one without a stop: the old and the new one first, the new one alone once the program signs with it. */
  @Put(':clientId/keys')
  @HttpCode(204)
  async setKeys(
    @Param('clientId', { schema: ClientId }) clientId: string,
    @Body({ schema: ClientKeys }) jwks: ClientKeys,
    @Caller() caller: Principal,
  ) {
    unwrap(await this.clients.setKeys(clientId, jwks, caller, new Date()));
  }

  @Delete(':clientId')
  @HttpCode(204)
  async remove(@Param('clientId', { schema: ClientId }) clientId: string, @Caller() caller: Principal) {
    unwrap(await this.clients.remove(clientId, caller, new Date()));
  }
}
