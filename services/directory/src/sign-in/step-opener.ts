import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SignInStep } from '../domain/sign-in-step.js';
import { type OpenSignIn, type Shown, SignInOpener } from './open-sign-in.js';
import { SignInFlow, type SignInState } from './sign-in-flow.js';

interface OpenStep {
  readonly open: OpenSignIn;
  readonly state: SignInState;
  readonly account: string;
}

/** The ways into a step behind the password. */
@Injectable()
export class StepOpener {
  constructor(
    private readonly opener: SignInOpener,
    private readonly flow: SignInFlow,
  ) {}

  /** Undefined when the sign-in is at another step, or over: that is answered then. */
  async open(
    step: SignInStep,
    request: FastifyRequest,
    reply: FastifyReply,
    shown: Shown,
  ): Promise<OpenStep | undefined> {
    const open = await this.opener.open(request, reply, shown);
    if (open === undefined) return undefined;
    const state = await this.flow.stateOf(open);
    const { account } = state;
    if (state.step === step && account !== undefined) return { open, state, account };
    this.flow.again(reply, open);
    return undefined;
  }
}
