import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { PersonId, Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, failure, type PersonPrincipal, platformProblems, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { CaseAccess } from '../decide-cases/case-access.js';
import { nextCursor, PageCursor } from '../domain/page-cursor.js';
import { vipPage } from '../storage/vip.store.js';
import { KeepVipsHandler } from './keep-vips.handler.js';

const Page = z.object({
  cursor: PageCursor.optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const VipBody = z.strictObject({ personId: PersonId, reason: z.string().trim().min(3).max(200) });

/** For auditors of the commission. Everybody may ask: it is decided and recorded, refusals too. */
@Controller('api/consent-audit/vips')
@Allow({ roles: Role.options })
export class VipsController {
  constructor(
    private readonly database: Database,
    private readonly access: CaseAccess,
    private readonly keepVips: KeepVipsHandler,
  ) {}

  @Get()
  async page(
    @Query({ schema: Page }) { cursor, limit }: z.output<typeof Page>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    await this.decide(caller, 'vips');
    const items = await vipPage(this.database, cursor, limit);
    return { items, next: nextCursor(items, limit, ({ listedAt, vipId }) => ({ at: listedAt, id: vipId })) };
  }

  @Post()
  async list(@Body({ schema: VipBody }) body: z.output<typeof VipBody>, @CallingPerson() caller: PersonPrincipal) {
    await this.decide(caller, 'vip.list');
    return unwrap(await this.keepVips.list(body.personId, body.reason, caller, new Date()));
  }

  @Delete(':vipId')
  async end(@Param('vipId', { schema: z.uuid() }) vipId: string, @CallingPerson() caller: PersonPrincipal) {
    await this.decide(caller, 'vip.end');
    return unwrap(await this.keepVips.end(vipId, caller, new Date()));
  }

  private async decide(caller: PersonPrincipal, what: string): Promise<void> {
    unwrap(await this.access.decide(caller, null, what));
    if (caller.hospital !== null) unwrap(failure(platformProblems.ROLE_NOT_ALLOWED));
  }
}
