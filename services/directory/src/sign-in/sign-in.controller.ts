import { Body, Controller, Get, Headers, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AllowEveryone } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import { z } from 'zod';
import { OIDC_PROVIDER } from '../issue-tokens/oidc-provider.token.js';
import { type Language, type SignInPage, signInPage } from './sign-in-page.js';
import { VerifyPasswordHandler } from './verify-password.handler.js';

const Shown = z.object({ language: z.enum(['zh', 'en']).optional() });
const Credentials = z.object({ username: z.string().max(200), password: z.string().max(1_000) });

/** The provider's interaction: who are you? The interaction's cookie ties the form to the browser that was sent here. */
@Controller('oidc/interaction/:uid')
@ApiExcludeController()
@AllowEveryone()
export class SignInController {
  constructor(
    @Inject(OIDC_PROVIDER) private readonly provider: Provider,
    private readonly verifyPassword: VerifyPasswordHandler,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: Shown }) { language }: z.output<typeof Shown>,
    @Headers('accept-language') accepted = '',
  ) {
    const { uid } = await this.provider.interactionDetails(request.raw, reply.raw);
    return this.answer(reply, { uid, language: language ?? preferred(accepted), username: '' });
  }

  @Post()
  async signIn(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: Shown }) { language = 'zh' }: z.output<typeof Shown>,
    @Body({ schema: Credentials }) { username, password }: z.output<typeof Credentials>,
  ) {
    const { uid } = await this.provider.interactionDetails(request.raw, reply.raw);
    const signIn = await this.verifyPassword.execute(username, password);
    if (signIn.kind !== 'accepted') return this.answer(reply, { uid, language, username, failed: signIn.kind });
    const next = await this.provider.interactionResult(request.raw, reply.raw, {
      login: { accountId: signIn.subject },
    });
    return reply.redirect(next, 303);
  }

  private answer(reply: FastifyReply, page: SignInPage) {
    return reply
      .status(page.failed === undefined ? 200 : 401)
      .type('text/html; charset=utf-8')
      .headers({
        'cache-control': 'no-store',
        'content-security-policy':
          "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      .send(signInPage(page));
  }
}

const preferred = (accepted: string): Language => (/^\s*en/i.test(accepted) ? 'en' : 'zh');
