import { Body, Controller, Post, Query, Req, Res } from '@nestjs/common';
import { AllowEveryone, OutsideApi } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addressOf, Shown, SignInOpener } from '../sign-in/open-sign-in.js';
import { SignInFlow } from '../sign-in/sign-in-flow.js';
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
    private readonly opener: SignInOpener,
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
    const open = await this.opener.open(request, reply, shown);
    if (open === undefined) return reply;
    const state = await this.flow.stateOf(open);
    const { step, account } = state;
    if (step !== 'code' || account === undefined) return this.flow.again(reply, open);
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
    const open = await this.opener.open(request, reply, shown);
    if (open === undefined) return reply;
    const state = await this.flow.stateOf(open);
    if (state.step !== 'enrol') return this.flow.again(reply, open);
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
    const open = await this.opener.open(request, reply, shown);
    if (open === undefined) return reply;
    const state = await this.flow.stateOf(open);
    if (state.step !== 'finished') return this.flow.again(reply, open);
    return this.flow.finish(request, reply, open, state, new Date());
  }
}
