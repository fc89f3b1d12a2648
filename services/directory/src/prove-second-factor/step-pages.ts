import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { choosePasswordPage } from '../choose-password/choose-password-page.js';
import type { OpenSignIn } from '../sign-in/open-sign-in.js';
import type { SignInState } from '../sign-in/sign-in-flow.js';
import { signInPage } from '../sign-in/sign-in-page.js';
import type { SignInTrouble } from '../sign-in/sign-in-trouble.js';
import { hospitalsWithIssuer } from '../storage/hospital-issuer.store.js';
import { waitingIdentity } from '../storage/linked-identity.store.js';
import { codePage } from './code-page.js';
import { EnrolAppHandler } from './enrol-app.handler.js';
import { enrolPage } from './enrol-page.js';
import { recoveryPage } from './recovery-page.js';

/** The page of what is asked next. */
@Injectable()
export class StepPages {
  constructor(
    private readonly enrolApp: EnrolAppHandler,
    private readonly database: Database,
  ) {}

  async pageOf(open: OpenSignIn, { step, account = '' }: SignInState, trouble?: SignInTrouble): Promise<string> {
    const now = new Date();
    const asked = { ...open, now, ...(trouble === undefined ? {} : { trouble }) };
    switch (step) {
      case 'password':
        return this.passwordPage(open, { username: open.session?.accountId ?? '', ...(trouble && { trouble }) });
      case 'code':
        return codePage({ ...asked, account });
      case 'new-password':
        return choosePasswordPage({ ...open, account });
      case 'enrol':
        return enrolPage({ ...asked, account, secret: await this.enrolApp.offer(open.uid, account) });
      case 'finished':
        // They have been shown once.
        return recoveryPage({ ...open, codes: [] });
    }
  }

  /** Asks for a password, or for the word of somebody's hospital; of who has that one, for the password that it is linked by. */
  async passwordPage(open: OpenSignIn, shown: { username: string; trouble?: SignInTrouble }): Promise<string> {
    // A window beside the portal that leaves the province cannot tell it what came of it (HTML section 7.1.3).
    const hospitals = open.params.acr_values === undefined ? await hospitalsWithIssuer(this.database) : [];
    const waiting = await waitingIdentity(this.database, open.uid);
    return signInPage({ ...open, ...shown, hospitals, waiting: waiting?.name, now: new Date() });
  }
}
