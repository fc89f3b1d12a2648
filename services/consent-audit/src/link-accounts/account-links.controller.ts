import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { AccessDecisionPoint, personGroup } from '@yinglian/access';
import { PersonId, Username } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { GuardianProof, Identity } from '../domain/statement.js';
import { readingOf } from '../state-consents/reading-of.js';
import { linksToPersons } from '../storage/account-link.store.js';
import { LinkAccountsHandler } from './link-accounts.handler.js';

const link = { account: Username, personId: PersonId, identity: Identity };
const LinkBody = z.discriminatedUnion('standing', [
  z.strictObject({ ...link, standing: z.literal('self') }),
  z.strictObject({ ...link, standing: z.literal('guardian'), proof: GuardianProof }),
]);

/** Which accounts stand for a patient, at the counter: stewards are the clerks. */
@Controller('api/consent-audit')
@Allow({ roles: ['steward'] })
export class AccountLinksController {
  constructor(
    private readonly database: Database,
    private readonly access: AccessDecisionPoint,
    private readonly linkAccounts: LinkAccountsHandler,
  ) {}

  @Post('account-links')
  async link(@Body({ schema: LinkBody }) body: z.output<typeof LinkBody>, @CallingPerson() caller: PersonPrincipal) {
    unwrap(await this.access.authorize(readingOf(caller, body.personId), { query: ['linkAccount'] }));
    const proof = body.standing === 'guardian' ? body.proof : null;
    const asked = { ...body, proof, linkedBy: caller.subject, linkedAtHospital: caller.hospital };
    return unwrap(await this.linkAccounts.link(asked, caller, new Date()));
  }

  @Delete('account-links/:linkId')
  async unlink(@Param('linkId', { schema: z.uuid() }) linkId: string, @CallingPerson() caller: PersonPrincipal) {
    return unwrap(await this.linkAccounts.unlink(linkId, caller, new Date()));
  }

  @Get('persons/:personId/account-links')
  async list(@Param('personId', { schema: PersonId }) personId: PersonId, @CallingPerson() caller: PersonPrincipal) {
    unwrap(await this.access.authorize(readingOf(caller, personId), { query: ['accountLinks'], partOfAView: true }));
    const links = await linksToPersons(this.database, await personGroup(this.database, personId), new Date());
    return { items: links.map(({ persons: _, ...shown }) => shown) };
  }
}
