import { Inject, Injectable } from '@nestjs/common';
import { Sha256 } from '@yinglian/contracts';
import { z } from 'zod';
import type { GatewayConfig } from '../gateway.config.js';
import { GATEWAY_CONFIG, GATEWAY_FOUNDATION } from '../gateway.tokens.js';
import type { GatewayFoundation } from '../gateway-foundation.js';

const ToRelease = z.object({ packs: z.array(Sha256) });

/** Asks the registry which packs it would let go again (ADR 0046), and says of each whether it is here. */
@Injectable()
export class KeptPacksClient {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(GATEWAY_FOUNDATION) private readonly foundation: GatewayFoundation,
  ) {}

  /** Digests. None of a registry that does not know the question. Rejects when the province does not answer. */
  async toRelease(signal: AbortSignal): Promise<readonly string[]> {
    const path = `/api/study-registry/hospitals/${this.config.HOSPITAL}/packs-to-release`;
    const { status, body } = await this.foundation.province.get(path, {}, signal);
    if (status === 404) return [];
    if (status !== 200) throw new Error(`The registry answers ${status}`);
    return ToRelease.parse(JSON.parse(body)).packs;
  }

  /** Rejects when the province does not answer; telling it again is free. */
  async tell(digest: string, isKept: boolean): Promise<void> {
    const path = `/api/study-registry/packs/${digest}/kept`;
    const { status } = await this.foundation.province.sendJson('PUT', path, { isKept });
    if (status !== 204) throw new Error(`The registry answers ${status}`);
  }
}
