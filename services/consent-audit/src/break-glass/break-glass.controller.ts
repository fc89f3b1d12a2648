import { Body, Controller, Delete, Get, Param, Post, Res } from '@nestjs/common';
import { BreakGlassKind, PersonId, Uid } from '@yinglian/contracts';
import { Allow, CallingPerson, failure, type PersonPrincipal, platformProblems, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import type { BrokenGlass } from '../storage/break-glass.store.js';
import { BreakGlassHandler } from './break-glass.handler.js';
import { EndBreakGlassHandler } from './end-break-glass.handler.js';

const why = {
  kind: BreakGlassKind.describe('Which emergency it is'),
  reason: z.string().trim().min(10).max(500).describe('What happened, in the clinician’s own words'),
};
const BreakGlassBody = z.union([
  z.strictObject({ personId: PersonId, ...why }),
  z.strictObject({ studyInstanceUid: Uid, ...why }),
]);

@Controller('api/consent-audit/break-glass')
@Allow({ roles: ['clinician'] })
export class BreakGlassController {
  constructor(
    private readonly breakGlass: BreakGlassHandler,
    private readonly endBreakGlass: EndBreakGlassHandler,
  ) {}

  /**
   * Opens one person's studies in an emergency, also those that the patient closed, for some hours. The token must say that the second
   * factor was proved within the last five minutes, else 403 SECOND_FACTOR_NEEDED. What is open already is answered again, with 200.
   */
  @Post()
  async open(
    @Body({ schema: BreakGlassBody }) body: z.output<typeof BreakGlassBody>,
    @CallingPerson() caller: PersonPrincipal,
    @Res({ passthrough: true }) reply: { status(code: number): unknown },
  ) {
    if (caller.hospital === null) return unwrap(failure(platformProblems.ROLE_NOT_ALLOWED));
    const { kind, reason, ...about } = body;
    const clinician = { ...caller, hospital: caller.hospital };
    const { glass, isNew } = unwrap(await this.breakGlass.execute({ clinician, about, kind, reason }));
    reply.status(isNew ? 201 : 200);
    return ownGlass(glass);
  }

  /** What the caller has broken that has not ended, what ends first before the others. */
  @Get('open')
  async listOpen(@CallingPerson() caller: PersonPrincipal) {
    return { items: (await this.breakGlass.openOf(caller)).map(ownGlass) };
  }

  /** Ends it before its time; its opener may. When the answer comes, nothing is opened by it any more. */
  @Delete(':breakGlassId')
  async end(
    @Param('breakGlassId', { schema: z.uuid() }) breakGlassId: string,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    const { closedAt } = unwrap(await this.endBreakGlass.execute(breakGlassId, caller));
    return { breakGlassId, closedAt };
  }
}

type OwnGlass = Pick<BrokenGlass, 'breakGlassId' | 'personId' | 'kind' | 'openedAt' | 'expiresAt'>;

const ownGlass = ({ breakGlassId, personId, kind, openedAt, expiresAt }: OwnGlass) => ({
  breakGlassId,
  personId,
  kind,
  openedAt,
  expiresAt,
});
