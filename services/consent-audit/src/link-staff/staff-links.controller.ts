import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { AccessDecisionPoint, personGroup } from '@yinglian/access';
import { PersonId, Username } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { Identity } from '../domain/statement.js';
import { readingOf } from '../state-consents/reading-of.js';
import { staffLinksTo } from '../storage/staff-link.store.js';
import { LinkStaffHandler } from './link-staff.handler.js';

const StaffLinkBody = z.strictObject({ account: Username, personId: PersonId, identity: Identity });

/** Which person an account of staff is, at the counter: stewards are the clerks, each of their own hospital's staff. */
@Controller('api/consent-audit')
@Allow({ roles: ['steward'] })
export class StaffLinksController {
  constructor(
    private readonly database: Database,
    private readonly access: AccessDecisionPoint,
    private readonly linkStaff: LinkStaffHandler,
  ) {}

  @Post('staff-links')
  async link(
    @Body({ schema: StaffLinkBody }) body: z.output<typeof StaffLinkBody>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    unwrap(await this.access.authorize(readingOf(caller, body.personId), { query: ['linkStaff'] }));
    return unwrap(await this.linkStaff.link(body, caller, new Date()));
  }

  @Delete('staff-links/:linkId')
  async unlink(@Param('linkId', { schema: z.uuid() }) linkId: string, @CallingPerson() caller: PersonPrincipal) {
    return unwrap(await this.linkStaff.unlink(linkId, caller, new Date()));
  }

  @Get('persons/:personId/staff-links')
  async list(@Param('personId', { schema: PersonId }) personId: PersonId, @CallingPerson() caller: PersonPrincipal) {
    unwrap(await this.access.authorize(readingOf(caller, personId), { query: ['staffLinks'], partOfAView: true }));
    const group = await personGroup(this.database, personId);
    return { items: await staffLinksTo(this.database, group, caller.hospital) };
  }
}
