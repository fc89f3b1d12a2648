import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ClientId, HospitalCode, Scope } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { listClients } from '../storage/service-client.store.js';
import { ManageClientsHandler } from './manage-clients.handler.js';

const NewClient = z.strictObject({
  clientId: ClientId,
  scopes: z.array(Scope).min(1).max(Scope.options.length),
  hospital: HospitalCode.nullable().default(null),
});

const Page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: ClientId.optional().describe('nextCursor of the page before'),
});

@Controller('api/directory/clients')
@Allow({ roles: ['administrator'] })
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
    return { clients: page, nextCursor: found.length > limit ? (page.at(-1)?.clientId ?? null) : null };
  }

  /** The answer holds the secret, this one time. */
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

  @Delete(':clientId')
  @HttpCode(204)
  async remove(@Param('clientId', { schema: ClientId }) clientId: string, @Caller() caller: Principal) {
    unwrap(await this.clients.remove(clientId, caller, new Date()));
  }
}
