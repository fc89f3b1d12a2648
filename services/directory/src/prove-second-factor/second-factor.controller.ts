import { Body, Controller, Post, Query, Req, Res } from '@nestjs/common';
import { AllowEveryone, OutsideApi } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addressOf, Shown } from '../sign-in/open-sign-in.js';
import { SignInFlow } from '../sign-in/sign-in-flow.js';
import { StepOpener } from '../sign-in/step-opener.js';
import { CheckCodeHandler } from './check-code.handler.js';
import { EnrolAppHandler } from './enrol-app.handler.js';
import { recoveryPage } from './recovery-page.js';
import { StepPages } from './step-pages.js';

const Form = z.object({ code: z.string().max(64).default('') });
type Form = z.output<typeof Form>;

/** The provider's second question, for whoever has answered the first. */
@Controller('oidc/interaction/:uid')
@OutsideApi()
@AllowEveryone()
export class SecondFactorController {
  constructor(
    private readonly steps: StepOpener,
    private readonly flow: SignInFlow,
    private readonly pages: StepPages,
    private readonly checkCode: CheckCodeHandler,
    private readonly enrolApp: EnrolAppHandler,
  ) {}

  @Post('code')
  async prove(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: Shown }) shown: Shown,
    @Body({ schema: Form }) { code }: Form,
  ) {
    const at = await this.steps.open('code', request, reply, shown);
    if (at === undefined) return reply;
    const { open, state, account } = at;
    const now = new Date();
    const outcome = await this.checkCode.execute({ account, code, address: addressOf(request) }, now);
    if (outcome.kind === 'accepted') {
      await this.flow.proved(open, account, 'otp', now);
      return this.flow.goOn(request, reply, open, now);
    }
    return this.pages.refuse(reply, open, state, outcome);
  }

  /** Keeps the app whose code it is, and shows the recovery codes this one time. */
  @Post('enrol')
  async enrol(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: Shown }) shown: Shown,
    @Body({ schema: Form }) { code }: Form,
  ) {
    const at = await this.steps.open('enrol', request, reply, shown);
    if (at === undefined) return reply;
    const { open, state } = at;
    const confirmation = { interaction: open.uid, code, address: addressOf(request) };
    const outcome = await this.enrolApp.confirm(confirmation, new Date());
    if (outcome.kind === 'over') return this.flow.again(reply, open);
    if (outcome.kind === 'enrolled')
      return reply.headers(open.headers).send(recoveryPage({ ...open, codes: outcome.recoveryCodes }));
    return this.pages.refuse(reply, open, state, outcome);
  }

  /** The recovery codes have been seen. */
  @Post('continue')
  async goOn(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query({ schema: Shown }) shown: Shown) {
    const at = await this.steps.open('finished', request, reply, shown);
    if (at === undefined) return reply;
    const { open, state } = at;
    return this.flow.finish(request, reply, open, state, new Date());
  }
}
