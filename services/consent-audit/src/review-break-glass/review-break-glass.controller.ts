import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { BreakGlassVerdict, HospitalCode, Role } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { nextCursor, PageCursor } from '../domain/page-cursor.js';
import type { BrokenGlass } from '../storage/break-glass.store.js';
import { ReviewBreakGlassHandler } from './review-break-glass.handler.js';

const GlassSearch = z.object({
  list: z.enum(['waiting', 'reviewed']).default('waiting').describe('Without a verdict, or with one'),
  hospital: HospitalCode.optional().describe('Of the clinician'),
  cursor: PageCursor.optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const Verdict = z.strictObject({
  verdict: BreakGlassVerdict,
  note: z.string().trim().max(2000).default('').describe('What was found, in the auditor’s own words'),
});

/** For auditors. Everybody may ask: it is decided and recorded, refusals too. What was looked at is in `accesses?breakGlassId=`. */
@Controller('api/consent-audit/break-glass')
@Allow({ roles: Role.options })
export class ReviewBreakGlassController {
  constructor(private readonly reviewBreakGlass: ReviewBreakGlassHandler) {}

  /** What waits for a verdict, the oldest first; or what has one, the newest first. */
  @Get()
  async list(
    @Query({ schema: GlassSearch }) search: z.output<typeof GlassSearch>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    const { cursor, ...filter } = search;
    const items = unwrap(await this.reviewBreakGlass.list(caller, { ...filter, after: cursor }));
    const next = nextCursor(items, filter.limit, ({ openedAt, breakGlassId }) => ({ at: openedAt, id: breakGlassId }));
    const now = new Date();
    return { items: items.map((glass) => shown(glass, now)), next };
  }

  /** One, with the verdicts on it in their order. */
  @Get(':breakGlassId')
  async show(
    @Param('breakGlassId', { schema: z.uuid() }) breakGlassId: string,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    const { glass, reviews } = unwrap(await this.reviewBreakGlass.show(caller, breakGlassId));
    return { ...shown(glass, new Date()), reviews };
  }

  /** Adds a verdict, once it has ended; never by who opened it. One that is given stays. */
  @Post(':breakGlassId/reviews')
  async review(
    @Param('breakGlassId', { schema: z.uuid() }) breakGlassId: string,
    @Body({ schema: Verdict }) verdict: z.output<typeof Verdict>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    return unwrap(await this.reviewBreakGlass.review(caller, breakGlassId, verdict));
  }
}

const shown = ({ subject, displayName, hospital, department, ...glass }: BrokenGlass, now: Date) => ({
  ...glass,
  actor: { subject, displayName, hospital, department },
  isOverdue: glass.reviewedAt === null && glass.reviewDueAt <= now,
});
