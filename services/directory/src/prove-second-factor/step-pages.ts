import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import type { FastifyReply } from 'fastify';
import { choosePasswordPage } from '../choose-password/choose-password-page.js';
import type { OpenSignIn } from '../sign-in/open-sign-in.js';
import type { SignInState } from '../sign-in/sign-in-flow.js';
import { signInPage } from '../sign-in/sign-in-page.js';
import { retryAfterOf, type SignInTrouble, statusOf } from '../sign-in/sign-in-trouble.js';
import { findAuthenticatorApp } from '../storage/authenticator-app.store.js';
import { hospitalsWithIssuer } from '../storage/hospital-issuer.store.js';
import { waitingIdentity } from '../storage/linked-identity.store.js';
import { PasskeyChallenges } from '../use-passkeys/passkey-challenges.js';
import { codePage } from './code-page.js';
import { EnrolAppHandler } from './enrol-app.handler.js';
import { enrolPage } from './enrol-page.js';
import { recoveryPage } from './recovery-page.js';

export interface StepPage {
  readonly html: string;
  readonly headers: Record<string, string>;
}

/** The page of what is asked next. */
@Injectable()
export class StepPages {
  constructor(
    private readonly enrolApp: EnrolAppHandler,
    private readonly passkeys: PasskeyChallenges,
    private readonly database: Database,
  ) {}

  async pageOf(open: OpenSignIn, { step, account = '' }: SignInState, trouble?: SignInTrouble): Promise<StepPage> {
    const { headers } = open;
    const asked = { ...open, account, now: new Date(), ...(trouble === undefined ? {} : { trouble }) };
    switch (step) {
      case 'password':
        return {
          headers,
          html: await this.passwordPage(open, { username: open.session?.accountId ?? '', ...(trouble && { trouble }) }),
        };
      case 'code': {
        const passkey = await this.passkeys.toSign({ holder: open.uid, account });
        const hasApp = (await findAuthenticatorApp(this.database, account)) !== undefined;
        return { headers: headersOf(open, passkey), html: codePage({ ...asked, hasApp, passkey }) };
      }
      case 'new-password':
        return { headers, html: choosePasswordPage({ ...open, account }) };
      case 'enrol': {
        const passkey = await this.passkeys.toMake({ holder: open.uid, account });
        const secret = await this.enrolApp.offer(open.uid, account);
        return { headers: headersOf(open, passkey), html: enrolPage({ ...asked, secret, passkey }) };
      }
      case 'finished':
        // They have been shown once.
        return { headers, html: recoveryPage({ ...open, codes: [] }) };
    }
  }

  /** Shows the page again, with what was wrong. */
  async refuse(reply: FastifyReply, open: OpenSignIn, state: SignInState, trouble: SignInTrouble) {
    const { headers, html } = await this.pageOf(open, state, trouble);
    return reply
      .status(statusOf(trouble))
      .headers({ ...headers, ...retryAfterOf(trouble, new Date()) })
      .send(html);
  }

  /** Asks for a password, or for the word of somebody's hospital; of who has that one, for the password that it is linked by. */
  async passwordPage(open: OpenSignIn, shown: { username: string; trouble?: SignInTrouble }): Promise<string> {
    // A window beside the portal that leaves the province cannot tell it what came of it (HTML section 7.1.3).
    const hospitals = open.params.acr_values === undefined ? await hospitalsWithIssuer(this.database) : [];
    const waiting = await waitingIdentity(this.database, open.uid);
    return signInPage({ ...open, ...shown, hospitals, waiting: waiting?.name, now: new Date() });
  }
}

const headersOf = ({ headers, scriptHeaders }: OpenSignIn, passkey: object | undefined) =>
  passkey === undefined ? headers : scriptHeaders;
