import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { shippedPolicies, versionOf } from '@yinglian/access';
import { PolicyFiles } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { adoptedLast, proposals } from '../storage/policy-proposals.store.js';
import { DecideOnPoliciesHandler } from './decide-on-policies.handler.js';
import { ProposePoliciesHandler, versionAfter } from './propose-policies.handler.js';

const Files = PolicyFiles.refine((files) => Object.keys(files).length <= 50, 'has more than 50 files');

const Candidate = z.strictObject({ files: Files });

const Proposed = z.strictObject({
  files: Files,
  reason: z.string().trim().min(5).max(2_000).describe('Why, for who signs and for the auditor'),
});

const Decision = z.strictObject({
  decision: z.enum(['sign', 'refuse', 'withdraw']),
  note: z.string().trim().max(2_000).default(''),
});

const LISTED_AT_MOST = 100;

/** By which policies the province decides; one security administrator proposes others, another signs them (ADR 0061). */
@Controller('api/consent-audit')
@Allow({ roles: ['security-administrator'] })
export class PoliciesController {
  constructor(
    private readonly database: Database,
    private readonly proposePolicies: ProposePoliciesHandler,
    private readonly decideOnPolicies: DecideOnPoliciesHandler,
  ) {}

  /**
   * What is in force, to be read: Cedar by file name, the schema it is checked against, and who signed it, null for the release's own. Beside
   * it what the release brings, which comes into force by being signed alone once others were.
   */
  @Get('policies')
  @Allow({ roles: ['security-administrator', 'auditor'] })
  async inForce() {
    const adopted = await adoptedLast(this.database);
    const shipped = shippedPolicies();
    return {
      version: versionAfter(adopted),
      files: adopted?.files ?? shipped.files,
      schema: shipped.schema,
      release: { version: versionOf(shipped), files: shipped.files },
      adoption: adopted?.adoption ?? 0,
      adoptedAt: adopted?.decidedAt ?? null,
      proposedBy: adopted?.proposedBy ?? null,
      signedBy: adopted?.decidedBy ?? null,
    };
  }

  /** What these would have decided otherwise in the last seven days. Nothing is kept. */
  @Post('policy-trials')
  @HttpCode(200)
  async try(@Body({ schema: Candidate }) { files }: z.output<typeof Candidate>) {
    return unwrap(await this.proposePolicies.tried(files));
  }

  @Post('policy-proposals')
  async propose(
    @Body({ schema: Proposed }) { files, reason }: z.output<typeof Proposed>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    return unwrap(await this.proposePolicies.propose(files, reason, caller));
  }

  /** The newest first, with what became of them. */
  @Get('policy-proposals')
  @Allow({ roles: ['security-administrator', 'auditor'] })
  async list() {
    return { items: await proposals(this.database, LISTED_AT_MOST) };
  }

  @Post('policy-proposals/:proposalId/decision')
  @HttpCode(200)
  async decide(
    @Param('proposalId', { schema: z.uuid() }) proposalId: string,
    @Body({ schema: Decision }) decision: z.output<typeof Decision>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    return unwrap(await this.decideOnPolicies.execute(proposalId, decision, caller));
  }
}
