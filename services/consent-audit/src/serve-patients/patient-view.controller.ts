import { Controller, Get, Param, Query } from '@nestjs/common';
import { AccessDecisionPoint, personGroup, survivorOf } from '@yinglian/access';
import { PersonId } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { Cursor, nextOf } from '../list-accesses/access-cursor.js';
import { readingOf } from '../state-consents/reading-of.js';
import { accessPage } from '../storage/access-page.js';
import { linksOfAccount } from '../storage/account-link.store.js';
import { complaintsAbout } from '../storage/complaint.store.js';
import { lookOf } from './look.js';
import { ShowSharingHandler } from './show-sharing.handler.js';

const Page = z.object({
  own: z.enum(['true', 'false']).default('false').describe('Also the looks of the patient who asks'),
  cursor: Cursor.optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What a patient sees of their own, and a clerk shows to who has no account. */
@Controller('api/consent-audit')
@Allow({ roles: ['steward', 'patient'] })
export class PatientViewController {
  constructor(
    private readonly database: Database,
    private readonly access: AccessDecisionPoint,
    private readonly showSharing: ShowSharingHandler,
  ) {}

  /** Whom the account stands for; the owner first. */
  @Get('own-persons')
  @Allow({ roles: ['patient'] })
  async own(@CallingPerson() { subject }: PersonPrincipal) {
    const links = await linksOfAccount(this.database, subject, new Date());
    const items = links.map(async ({ personId, standing, endsAt }) => ({
      personId: await survivorOf(this.database, personId),
      standing,
      endsAt,
    }));
    return { items: await Promise.all(items) };
  }

  /** What is closed to whom. */
  @Get('persons/:personId/sharing')
  async sharing(@Param('personId', { schema: PersonId }) personId: PersonId, @CallingPerson() caller: PersonPrincipal) {
    unwrap(await this.access.authorize(readingOf(caller, personId), { query: ['sharing'], partOfAView: true }));
    return this.showSharing.execute(personId);
  }

  /** Who looked, from where and why, the newest first; without the names of who looked. */
  @Get('persons/:personId/looks')
  async looks(
    @Param('personId', { schema: PersonId }) personId: PersonId,
    @Query({ schema: Page }) { own, cursor, limit }: z.output<typeof Page>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    const isPatient = caller.roles.includes('patient');
    const action = isPatient ? 'audit.search' : 'person.read';
    unwrap(await this.access.authorize(readingOf(caller, personId, action), { query: ['looks'], partOfAView: true }));
    const personIds = await personGroup(this.database, personId);
    const notBy = isPatient && own === 'false' ? caller.subject : undefined;
    const rows = await accessPage(this.database, { personIds, notBy, after: cursor, limit });
    return { items: rows.map((row) => lookOf(row, isPatient ? caller.subject : null)), next: nextOf(rows, limit) };
  }
  /** What the patient said is wrong, and what auditors answered. */
  @Get('persons/:personId/complaints')
  @Allow({ roles: ['patient'] })
  async complaints(
    @Param('personId', { schema: PersonId }) personId: PersonId,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    const asked = readingOf(caller, personId, 'audit.search');
    unwrap(await this.access.authorize(asked, { query: ['complaints'], partOfAView: true }));
    return { items: await complaintsAbout(this.database, await personGroup(this.database, personId)) };
  }
}
