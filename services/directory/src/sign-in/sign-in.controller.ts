import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { AllowEveryone, OutsideApi } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { StepPages } from '../prove-second-factor/step-pages.js';
import { CheckPasswordHandler } from './check-password.handler.js';
import { addressOf, Shown, SignInOpener } from './open-sign-in.js';
import { SignInFlow } from './sign-in-flow.js';
import { retryAfterOf, statusOf } from './sign-in-trouble.js';

const Form = z.object({ username: z.string().max(256).default(''), password: z.string().max(1024).default('') });

/** The provider's first question: who are you? A cookie ties the interaction to the browser that was sent here. */
@Controller('oidc/interaction/:uid')
@OutsideApi()
@AllowEveryone()
export class SignInController {
  constructor(
    private readonly opener: SignInOpener,
    private readonly flow: SignInFlow,
    private readonly pages: StepPages,
    private readonly checkPassword: CheckPasswordHandler,
  ) {}

  /** Whatever the person is asked next. */
  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query({ schema: Shown }) shown: Shown) {
    const open = await this.opener.open(request, reply, shown);
    if (open === undefined) return reply;
    const { headers, html } = await this.pages.pageOf(open, await this.flow.stateOf(open));
    return reply.headers(headers).send(html);
  }

  @Post()
  async signIn(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: Shown }) shown: Shown,
    @Body({ schema: Form }) { username, password }: z.output<typeof Form>,
  ) {
    const open = await this.opener.open(request, reply, shown);
    if (open === undefined) return reply;
    const now = new Date();
    const outcome = await this.checkPassword.execute({ username, password, address: addressOf(request) }, now);
    if (outcome.kind === 'accepted') {
      await this.flow.proved(open, outcome.subject, 'pwd', now);
      return this.flow.goOn(request, reply, open, now);
    }
    return reply
      .status(statusOf(outcome))
      .headers({ ...open.headers, ...retryAfterOf(outcome, now) })
      .send(await this.pages.passwordPage(open, { username, trouble: outcome }));
  }
}
