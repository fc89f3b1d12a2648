import { Controller, Get, Inject } from '@nestjs/common';
import { AllowEveryone } from '../auth/allow.decorator.js';
import { platformProblems } from '../errors/platform.errors.js';
import { ProblemError } from '../errors/problem.js';
import { OutsideApi } from '../openapi/outside-api.js';
import { READINESS_CHECKS, type ReadinessCheck } from './readiness.js';

/** For whatever watches the process: alive, and able to serve. */
@Controller()
@OutsideApi()
@AllowEveryone()
export class HealthController {
  constructor(@Inject(READINESS_CHECKS) private readonly checks: readonly ReadinessCheck[]) {}

  @Get('healthz')
  alive() {
    return { status: 'ok' };
  }

  @Get('readyz')
  async ready() {
    const results = await Promise.all(this.checks.map(async (check) => [check.name, await isReady(check)] as const));
    const missing = results.filter(([, ready]) => !ready).map(([name]) => name);
    if (missing.length > 0) throw new ProblemError(platformProblems.UNAVAILABLE, `Not ready: ${missing.join(', ')}`);
    return { status: 'ok', checks: results.map(([name]) => name) };
  }
}

async function isReady(check: ReadinessCheck): Promise<boolean> {
  try {
    await check.check();
    return true;
  } catch {
    return false;
  }
}
