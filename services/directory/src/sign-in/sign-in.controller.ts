import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { AllowEveryone, OutsideApi, ProblemError, platformProblems } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errors, Provider } from 'oidc-provider';
import { z } from 'zod';
import { CheckPasswordHandler } from './check-password.handler.js';
import { LANGUAGES, type Language, languageOf } from './language.js';
import { pageHeaders } from './page-frame.js';
import { expiredPage, signInPage } from './sign-in-page.js';

export const SIGN_IN_ADDRESSES = Symbol('sign-in addresses');

const Shown = z.object({ lang: z.enum(LANGUAGES).optional().catch(undefined) });
const Form = z.object({ username: z.string().max(256).default(''), password: z.string().max(1024).default('') });

interface Interaction {
  readonly uid: string;
  readonly params: Record<string, unknown>;
}

/** The provider's one question: who are you? A cookie ties the interaction to the browser that was sent here. */
@Controller('oidc/interaction/:uid')
@OutsideApi()
@AllowEveryone()
export class SignInController {
  constructor(
    private readonly provider: Provider,
    private readonly checkPassword: CheckPasswordHandler,
    @Inject(SIGN_IN_ADDRESSES) private readonly addresses: { publicUrl: string },
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: Shown }) { lang }: z.output<typeof Shown>,
  ) {
    const interaction = await this.interactionOf(request, reply);
    const language = wishedLanguage(request, lang, interaction);
    if (interaction === undefined) return this.answerExpired(reply, language);
    const path = pathOf(interaction);
    return reply.headers(headersOf(interaction)).send(signInPage({ language, path, username: '' }));
  }

  @Post()
  async signIn(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: Shown }) { lang }: z.output<typeof Shown>,
    @Body({ schema: Form }) { username, password }: z.output<typeof Form>,
  ) {
    this.refuseForeignForms(request);
    const interaction = await this.interactionOf(request, reply);
    const language = wishedLanguage(request, lang, interaction);
    if (interaction === undefined) return this.answerExpired(reply, language);
    const outcome = await this.checkPassword.execute({ username, password, address: addressOf(request) }, new Date());
    if (outcome.kind === 'accepted') {
      const login = { accountId: outcome.subject, amr: ['pwd'] };
      return reply.redirect(await this.provider.interactionResult(request.raw, reply.raw, { login }), 303);
    }
    if (outcome.kind === 'wait') reply.header('retry-after', String(Math.ceil(outcome.waitMs / 1000)));
    return reply
      .status(outcome.kind === 'wait' ? 429 : 401)
      .headers(headersOf(interaction))
      .send(signInPage({ language, path: pathOf(interaction), username, trouble: outcome }));
  }

  /** Undefined when it is over, or belongs to another browser. */
  private async interactionOf(request: FastifyRequest, reply: FastifyReply): Promise<Interaction | undefined> {
    try {
      return await this.provider.interactionDetails(request.raw, reply.raw);
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return undefined;
      throw error;
    }
  }

  /** Beside the cookie, which is not sent along from other sites (SameSite=Lax). */
  private refuseForeignForms({ headers: { origin } }: FastifyRequest): void {
    if (origin === undefined || origin === new URL(this.addresses.publicUrl).origin) return;
    throw new ProblemError(platformProblems.ROLE_NOT_ALLOWED, 'A sign-in is sent from the province’s own page only');
  }

  private answerExpired(reply: FastifyReply, language: Language) {
    return reply
      .status(400)
      .headers(pageHeaders([]))
      .send(expiredPage(language, `${this.addresses.publicUrl}/`));
  }
}

const pathOf = ({ uid }: Interaction) => `/oidc/interaction/${encodeURIComponent(uid)}`;

/** The answer to the form leads back to the program that asked, which the provider has checked. */
function headersOf({ params }: Interaction): Record<string, string> {
  return pageHeaders(typeof params.redirect_uri === 'string' ? [new URL(params.redirect_uri).origin] : []);
}

function wishedLanguage(request: FastifyRequest, chosen: Language | undefined, interaction: Interaction | undefined) {
  const wished = interaction?.params.ui_locales;
  const uiLocales = typeof wished === 'string' ? wished : undefined;
  return languageOf({ chosen, uiLocales, accepted: request.headers['accept-language'] });
}

/** The client's address as the edge says it: the edge alone is asked from outside. */
function addressOf({ headers, ip }: FastifyRequest): string {
  const said = headers['x-forwarded-for'];
  return typeof said === 'string' ? said : ip;
}
