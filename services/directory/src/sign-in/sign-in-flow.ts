import { Inject, Injectable } from '@nestjs/common';
import type { SignInMethod } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Provider } from 'oidc-provider';
import { isFirstFactor, nextStep, type SignInStep } from '../domain/sign-in-step.js';
import { isStaff, mayAct } from '../domain/staff.js';
import { asksForSecondFactor, needsPassword } from '../provide-identity/sign-in-policy.js';
import { SignInRecorder } from '../record-sign-ins/sign-in-recorder.js';
import { linkWaiting } from '../storage/linked-identity.store.js';
import { hasSecondFactor } from '../storage/second-factor.store.js';
import { deleteProgress, findProgress, saveProgress } from '../storage/sign-in-progress.store.js';
import { findStaff, toldPassword } from '../storage/staff.store.js';
import { addressOf, type OpenSignIn } from './open-sign-in.js';
import { SIGN_IN_SETTINGS, type SignInSettings } from './sign-in.settings.js';

/** Where a person stands in one interaction. */
export interface SignInState {
  readonly step: SignInStep;
  readonly account: string | undefined;
  /** What was proved in this interaction. */
  readonly methods: readonly SignInMethod[];
  readonly secondFactorAt: Date | null;
}

/** From the password over the second factor back to the program that asked. */
@Injectable()
export class SignInFlow {
  constructor(
    private readonly database: Database,
    private readonly provider: Provider,
    private readonly recorder: SignInRecorder,
    @Inject(SIGN_IN_SETTINGS) private readonly settings: SignInSettings,
  ) {}

  async stateOf({ uid, prompt, session }: OpenSignIn): Promise<SignInState> {
    const progress = await findProgress(this.database, uid);
    const account = progress?.account ?? (needsPassword(prompt.reasons) ? undefined : session?.accountId);
    const staff = account === undefined ? undefined : await findStaff(this.database, account);
    if (account === undefined || staff === undefined || !mayAct(staff)) {
      return { step: 'password', account: undefined, methods: [], secondFactorAt: null };
    }
    const { methods = [], secondFactorAt = null } = progress ?? {};
    const step = nextStep({
      account,
      hasFirst: methods.some(isFirstFactor),
      isTold: methods.includes('pwd') && (await toldPassword(this.database, account)) !== undefined,
      hasFactor: await hasSecondFactor(this.database, account),
      needsFactor: asksForSecondFactor(prompt.reasons) || (this.settings.secondFactor === 'required' && isStaff(staff)),
      isProved: secondFactorAt !== null,
    });
    return { step, account, methods, secondFactorAt };
  }

  /** What a person proved now, with what they proved before in this interaction. */
  async proved(open: OpenSignIn, account: string, method: SignInMethod, at: Date): Promise<SignInState> {
    const before = await findProgress(this.database, open.uid);
    const isSecond = !isFirstFactor(method);
    const known = isSecond && before?.account === account ? before.methods : [];
    await saveProgress(this.database, open.uid, {
      account,
      methods: [...known, method],
      secondFactorAt: isSecond ? at : null,
      offeredSecret: null,
    });
    return this.stateOf(open);
  }

  /** To what is asked next, or back to the program. */
  async goOn(request: FastifyRequest, reply: FastifyReply, open: OpenSignIn, now: Date) {
    const state = await this.stateOf(open);
    if (state.step === 'finished') return this.finish(request, reply, open, state, now);
    return this.again(reply, open);
  }

  /** Shows what is asked now; the form was of another step. */
  again(reply: FastifyReply, { path, language }: OpenSignIn) {
    return reply.redirect(`${path}?lang=${language}`, 303);
  }

  /** Tells the provider who it is, and sends the browser on. A second factor alone does not renew the password's time. */
  async finish(request: FastifyRequest, reply: FastifyReply, open: OpenSignIn, state: SignInState, now: Date) {
    const { account, methods, secondFactorAt } = state;
    if (account === undefined || state.step !== 'finished') throw new Error('A sign-in is finished before its end');
    const isNew = methods.some(isFirstFactor);
    const isLinked = methods.includes('pwd') && (await linkWaiting(this.database, open.uid, account));
    await this.recorder.record(
      {
        action: isNew ? 'session.begin' : 'factor.proved',
        by: account,
        code: isLinked ? 'IDENTITY_LINKED' : codeOf(methods),
        methods,
        address: addressOf(request),
      },
      now,
    );
    const proof = { methods, at: now.getTime(), secondFactorAt: secondFactorAt?.getTime() ?? null };
    const login = { accountId: account, amr: [...methods] };
    const result = isNew ? { login, proof } : { proof };
    const back = await this.provider.interactionResult(request.raw, reply.raw, result);
    await deleteProgress(this.database, open.uid);
    return reply.redirect(back, 303);
  }
}

/** What a sign-in is recorded as, by the strongest that was proved. */
function codeOf(methods: readonly SignInMethod[]): string {
  if (methods.some((method) => !isFirstFactor(method))) return 'SECOND_FACTOR';
  return methods.includes('fed') ? 'HOSPITAL_PROVIDER' : 'PASSWORD';
}
