import { Inject, Injectable } from '@nestjs/common';
import { Uid } from '@yinglian/contracts';
import { z } from 'zod';
import type { GatewayConfig } from '../gateway.config.js';
import { GATEWAY_CONFIG, GATEWAY_FOUNDATION } from '../gateway.tokens.js';
import type { GatewayFoundation } from '../gateway-foundation.js';

const StudyRequest = z.object({
  requestId: z.uuid(),
  studyInstanceUid: Uid.nullable(),
  accessionNumber: z.string().nullable(),
});
export type StudyRequest = z.infer<typeof StudyRequest>;
const Answer = z.object({ requests: z.array(StudyRequest) });

export interface ServedRequest {
  readonly outcome: 'fetched' | 'not-found' | 'pacs-away' | 'failed';
  readonly reason: string;
}

const LONGEST_REASON = 200;

/** Asks the registry for which studies it waits, and tells what came of it (ADR 0009: gateways ask). */
@Injectable()
export class StudyRequestsClient {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(GATEWAY_FOUNDATION) private readonly foundation: GatewayFoundation,
  ) {}

  /** The oldest first. Rejects when the province does not answer. */
  async toServe(): Promise<readonly StudyRequest[]> {
    const path = `/api/study-registry/hospitals/${this.config.HOSPITAL}/study-requests`;
    const { status, body } = await this.foundation.province.get(path);
    if (status !== 200) throw new Error(`The registry answers ${status}`);
    return Answer.parse(JSON.parse(body)).requests;
  }

  /** Rejects when the province does not answer; telling it again is free. */
  async tell(requestId: string, { outcome, reason }: ServedRequest): Promise<void> {
    const path = `/api/study-registry/study-requests/${requestId}/outcome`;
    const said = { outcome, reason: reason.slice(0, LONGEST_REASON) };
    const { status } = await this.foundation.province.sendJson('PUT', path, said);
    if (status !== 204 && status !== 404) throw new Error(`The registry answers ${status}`);
  }
}
