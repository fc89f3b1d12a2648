import { Injectable } from '@nestjs/common';
import type { OpenSignIn } from '../sign-in/open-sign-in.js';
import type { SignInState } from '../sign-in/sign-in-flow.js';
import { signInPage } from '../sign-in/sign-in-page.js';
import type { SignInTrouble } from '../sign-in/sign-in-trouble.js';
import { codePage } from './code-page.js';
import { EnrolAppHandler } from './enrol-app.handler.js';
import { enrolPage } from './enrol-page.js';
import { recoveryPage } from './recovery-page.js';

/** The page of what is asked next. */
@Injectable()
export class StepPages {
  constructor(private readonly enrolApp: EnrolAppHandler) {}

  async pageOf(open: OpenSignIn, { step, account = '' }: SignInState, trouble?: SignInTrouble): Promise<string> {
    const now = new Date();
    const asked = { ...open, now, ...(trouble === undefined ? {} : { trouble }) };
    switch (step) {
      case 'password':
        return signInPage({ ...asked, username: open.session?.accountId ?? '' });
      case 'code':
        return codePage({ ...asked, account });
      case 'enrol':
        return enrolPage({ ...asked, account, secret: await this.enrolApp.offer(open.uid, account) });
      case 'finished':
        // They have been shown once.
        return recoveryPage({ ...open, codes: [] });
    }
  }
}
