import { Inject, Injectable } from '@nestjs/common';
import { ProblemError, platformProblems } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errors, Provider } from 'oidc-provider';
import { z } from 'zod';
import { PASSKEY_SCRIPT } from '../use-passkeys/passkey-script.js';
import { LANGUAGES, type Language, languageOf } from './language.js';
import { OPENER_POLICY, pageHeaders } from './page-frame.js';
import { SIGN_IN_SETTINGS, type SignInSettings } from './sign-in.settings.js';
import { expiredPage } from './sign-in-page.js';

export const Shown = z.object({ lang: z.enum(LANGUAGES).optional().catch(undefined) });
export type Shown = z.output<typeof Shown>;

const ADDRESS_LENGTH = 64;

interface Interaction {
  readonly uid: string;
  readonly params: Record<string, unknown>;
  readonly prompt: { readonly reasons: readonly string[] };
  /** Of whoever is signed in already and is asked for more. */
  readonly session?: { readonly accountId: string } | undefined;
}

/** An interaction of the provider, of this browser, in the language it is to be shown in. */
export interface OpenSignIn extends Interaction {
  readonly language: Language;
  /** Where its pages are. */
  readonly path: string;
  readonly headers: Record<string, string>;
  /** The same for a page with the one script. */
  readonly scriptHeaders: Record<string, string>;
}

/** Finds out whose sign-in a request belongs to. */
@Injectable()
export class SignInOpener {
  constructor(
    private readonly provider: Provider,
    @Inject(SIGN_IN_SETTINGS) private readonly settings: SignInSettings,
  ) {}

  /** Undefined when it is over, or belongs to another browser; then it has been answered. */
  async open(request: FastifyRequest, reply: FastifyReply, { lang }: Shown): Promise<OpenSignIn | undefined> {
    reply.headers(OPENER_POLICY);
    if (request.method === 'POST') this.refuseForeignForms(request);
    const interaction = await this.interactionOf(request, reply);
    const language = wishedLanguage(request, lang, interaction);
    if (interaction === undefined) {
      const portal = `${this.settings.publicUrl}/`;
      reply.status(400).headers(pageHeaders([])).send(expiredPage(language, portal));
      return undefined;
    }
    const { uid, params, prompt, session } = interaction;
    const path = `/oidc/interaction/${encodeURIComponent(uid)}`;
    const [headers, scriptHeaders] = [headersFor(params), headersFor(params, PASSKEY_SCRIPT)];
    return { uid, params, prompt, session, language, path, headers, scriptHeaders };
  }

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
    if (origin === undefined || origin === new URL(this.settings.publicUrl).origin) return;
    throw new ProblemError(platformProblems.ROLE_NOT_ALLOWED, 'A sign-in is sent from the province’s own page only');
  }
}

/** The answer to the form leads back to the program that asked, which the provider has checked. */
function headersFor(params: Record<string, unknown>, script?: string): Record<string, string> {
  const targets = typeof params.redirect_uri === 'string' ? [new URL(params.redirect_uri).origin] : [];
  return pageHeaders(targets, script);
}

function wishedLanguage(request: FastifyRequest, chosen: Language | undefined, interaction: Interaction | undefined) {
  const wished = interaction?.params.ui_locales;
  const uiLocales = typeof wished === 'string' ? wished : undefined;
  return languageOf({ chosen, uiLocales, accepted: request.headers['accept-language'] });
}

/** The client's address as the edge says it: the edge alone is asked from outside. */
export function addressOf({ headers, ip }: Pick<FastifyRequest, 'headers' | 'ip'>): string {
  const said = headers['x-forwarded-for'];
  return (typeof said === 'string' ? said : ip).slice(0, ADDRESS_LENGTH);
}
