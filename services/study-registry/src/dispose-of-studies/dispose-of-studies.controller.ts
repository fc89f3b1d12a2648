import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { HospitalCode, Uid } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { DISPOSAL_STATES } from '../domain/disposal.js';
import { DecideOnDisposalHandler } from './decide-on-disposal.handler.js';
import { ShowDisposalsHandler } from './show-disposals.handler.js';

const Confirmation = z.strictObject({ studyInstanceUid: Uid, note: z.string().trim().min(1).max(2000) });
const DisposalId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const States = z
  .string()
  .max(100)
  .transform((text) => [...new Set(text.split(','))])
  .pipe(z.array(z.enum(DISPOSAL_STATES)))
  .describe('One or several, with commas between; all unless told');
const Page = z.strictObject({
  hospital: HospitalCode.optional(),
  state: States.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  before: DisposalId.optional().describe('`next` of the page before'),
});

/** Disposal of what retention keeps no more: confirmed by the hospital, registered by the commission, destroyed after a time of grace. */
@Controller('api/study-registry/disposals')
@Allow({ roles: ['steward'] })
export class DisposeOfStudiesController {
  constructor(
    private readonly decide: DecideOnDisposalHandler,
    private readonly show: ShowDisposalsHandler,
  ) {}

  /**
   * A steward of the hospital that made a study confirms that it may go. It has been withdrawn, and neither retention nor a legal hold nor
   * an open case of quarantine keeps it: else 409 STUDY_IS_KEPT, whose detail is NOT_WITHDRAWN, RETAINED, ON_HOLD or IN_QUARANTINE.
   */
  @Post()
  async confirm(
    @Body({ schema: Confirmation }) asked: z.output<typeof Confirmation>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    return unwrap(await this.decide.confirm(asked.studyInstanceUid, asked.note, caller));
  }

  /** A steward of the commission, another person, enters it in the register. It is destroyed when DISPOSAL_GRACE_DAYS have passed. */
  @Post(':disposalId/registration')
  @HttpCode(200)
  async register(
    @Param('disposalId', { schema: DisposalId }) disposalId: number,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    return unwrap(await this.decide.register(disposalId, caller));
  }

  /** Takes it back, as long as nothing is destroyed. */
  @Delete(':disposalId')
  @HttpCode(200)
  async takeBack(
    @Param('disposalId', { schema: DisposalId }) disposalId: number,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    return unwrap(await this.decide.takeBack(disposalId, caller));
  }

  /**
   * Newest first. Of a study that was destroyed: how many images, the SHA-256 and size of each pack, the rules, who and when; of a registered
   * one `dueAt`, when its time of grace (`graceDays`) is over.
   */
  @Get()
  async list(
    @Query({ schema: Page }) { limit, ...page }: z.output<typeof Page>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    const { hospital = null, state: states = DISPOSAL_STATES, before = null } = page;
    const found = unwrap(await this.show.list({ hospital, states, before, limit: limit + 1 }, caller));
    const disposals = found.slice(0, limit);
    const next = found.length > limit ? (disposals.at(-1)?.disposalId ?? null) : null;
    return { disposals, next, graceDays: this.show.graceDays };
  }

  /** One, with what its study's retention rested on and what keeps it now (`obstacle`), as long as nothing is destroyed. */
  @Get(':disposalId')
  async one(@Param('disposalId', { schema: DisposalId }) disposalId: number, @CallingPerson() caller: PersonPrincipal) {
    return unwrap(await this.show.one(disposalId, caller));
  }

  /** What is left of a study that was destroyed, as it lies in the stores: nothing of its patient. */
  @Get(':disposalId/certificate')
  async certificate(
    @Param('disposalId', { schema: DisposalId }) disposalId: number,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    return unwrap(await this.show.certificate(disposalId, caller));
  }
}
