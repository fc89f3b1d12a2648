import { Body, Controller, Post, Query, Req, Res } from '@nestjs/common';
import { AllowEveryone, OutsideApi } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addressOf, Shown, SignInOpener } from '../sign-in/open-sign-in.js';
import { SignInFlow } from '../sign-in/sign-in-flow.js';
import { ChoosePasswordHandler } from './choose-password.handler.js';
import { choosePasswordPage } from './choose-password-page.js';

const Form = z.object({ password: z.string().max(1024).default(''), again: z.string().max(1024).default('') });
const UNPROCESSABLE = 422;

/** A password of one's own, for whoever has just proved that they have the one that they were told. */
@Controller('oidc/interaction/:uid')
@OutsideApi()
@AllowEveryone()
export class ChoosePasswordController {
  constructor(
    private readonly opener: SignInOpener,
    private readonly flow: SignInFlow,
    private readonly choosePassword: ChoosePasswordHandler,
  ) {}

  @Post('new-password')
  async choose(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: Shown }) shown: Shown,
    @Body({ schema: Form }) choice: z.output<typeof Form>,
  ) {
    const open = await this.opener.open(request, reply, shown);
    if (open === undefined) return reply;
    const { step, account, methods } = await this.flow.stateOf(open);
    const now = new Date();
    if (step === 'new-password' && account !== undefined) {
      const { kind } = await this.choosePassword.execute(
        { account, methods, address: addressOf(request) },
        choice,
        now,
      );
      if (kind !== 'chosen')
        return reply
          .status(UNPROCESSABLE)
          .headers(open.headers)
          .send(choosePasswordPage({ ...open, account, trouble: kind }));
    }
    return this.flow.goOn(request, reply, open, now);
  }
}
