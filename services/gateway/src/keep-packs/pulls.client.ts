import { Inject, Injectable } from '@nestjs/common';
import { Sha256, Uid } from '@yinglian/contracts';
import { z } from 'zod';
import type { GatewayConfig } from '../gateway.config.js';
import { GATEWAY_CONFIG, GATEWAY_FOUNDATION } from '../gateway.tokens.js';
import type { GatewayFoundation } from '../gateway-foundation.js';

const Pulls = z.object({ pulls: z.array(z.object({ digest: Sha256, studyInstanceUid: Uid })) });
export type Pull = z.infer<typeof Pulls>['pulls'][number];

/** The registry answers when it wants something, and after that time in any case. */
const LONGEST_WAIT_MS = 25_000;

/** Asks the registry for which packs it waits (ADR 0038): the gateway calls, and nobody calls the hospital. */
@Injectable()
export class PullsClient {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(GATEWAY_FOUNDATION) private readonly foundation: GatewayFoundation,
  ) {}

  /** Resolves as soon as there are some. Rejects when the province does not answer. */
  async next(signal: AbortSignal): Promise<readonly Pull[]> {
    const waitMs = Math.min(LONGEST_WAIT_MS, Math.floor(this.config.PROVINCE_TIMEOUT_MS / 2));
    const path = `/api/study-registry/hospitals/${this.config.HOSPITAL}/pulls?waitMs=${waitMs}`;
    const { status, body } = await this.foundation.province.get(path, {}, signal);
    if (status !== 200) throw new Error(`The registry answers ${status}`);
    return Pulls.parse(JSON.parse(body)).pulls;
  }

  /** Why a pack is not brought. Rejects when the province does not answer; telling it again is free. */
  async tell(digest: string, outcome: 'missing' | 'damaged'): Promise<void> {
    const path = `/api/study-registry/pulls/${digest}/outcome`;
    const { status } = await this.foundation.province.sendJson('PUT', path, { outcome });
    if (status !== 204) throw new Error(`The registry answers ${status}`);
  }
}
