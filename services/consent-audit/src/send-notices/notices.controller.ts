import { Controller, Get, Param, Put, Query } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, failure, type PersonPrincipal, success, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { personsOfAccount } from '../storage/account-link.store.js';
import { countUnread, markRead, noticesFor, type Reader } from '../storage/notice.store.js';

const NoticeSearch = z.object({
  unread: z.enum(['true', 'false']).default('false').describe('Only those that the caller has not read'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What the caller is to hear of, as this account or by one of its roles. */
@Controller('api/consent-audit/notices')
@Allow({ roles: Role.options })
export class NoticesController {
  constructor(private readonly database: Database) {}

  /** The newest first, and how many the caller has not read. */
  @Get()
  async list(
    @Query({ schema: NoticeSearch }) search: z.output<typeof NoticeSearch>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    const reader = await this.readerOf(caller);
    const [items, unread] = await Promise.all([
      noticesFor(this.database, reader, search.unread === 'true', search.limit),
      countUnread(this.database, reader),
    ]);
    return { items, unread };
  }

  /** The caller has read it. */
  @Put(':noticeId/reading')
  async read(@Param('noticeId', { schema: z.uuid() }) noticeId: string, @CallingPerson() caller: PersonPrincipal) {
    const isTheirs = await markRead(this.database, await this.readerOf(caller), noticeId, new Date());
    return unwrap(isTheirs ? success({ noticeId }) : failure(consentAuditProblems.NOTICE_NOT_FOUND));
  }

  private async readerOf(caller: PersonPrincipal): Promise<Reader> {
    const isPatient = caller.roles.includes('patient');
    return { ...caller, persons: isPatient ? await personsOfAccount(this.database, caller.subject, new Date()) : [] };
  }
}
