import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import {
  type IncomingPart,
  ignoredPart,
  isDicomPart,
  type PartOutcome,
  type Refusal,
  readParts,
  type StowHead,
  statusOf,
  stowProblems,
} from '@yinglian/dicom';
import { failure, platformProblems, type Result, success } from '@yinglian/platform';
import type { GatewayConfig } from '../gateway.config.js';
import { GatewayMetrics } from '../gateway.metrics.js';
import { GATEWAY_CONFIG } from '../gateway.tokens.js';
import { type Check, IncomingInstance, type IntakeOutcome } from '../receive-instances/incoming-instance.js';
import type { InstanceIntake } from '../receive-instances/instance-intake.js';
import { InstanceReception } from '../receive-instances/instance-reception.js';
import { SentPriors } from '../send-priors/sent-priors.store.js';

export interface StowRequest extends Omit<StowHead, 'answerType'> {
  readonly body: Readable;
}

/** Requests at the same time; each may hold a few megabytes on their way to the disk. */
const MOST_REQUESTS = 16;

/** Stores the parts of a STOW-RS request (PS3.18 section 10.5), each durable before the request is answered. */
@Injectable()
export class StowInstancesHandler {
  private active = 0;

  constructor(
    private readonly reception: InstanceReception,
    private readonly metrics: GatewayMetrics,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly priors: SentPriors,
  ) {}

  async execute(request: StowRequest): Promise<Result<readonly PartOutcome[]>> {
    if (this.active >= MOST_REQUESTS) return failure(platformProblems.UNAVAILABLE, 'Too many requests at once');
    this.active += 1;
    const intake = this.reception.open({ via: 'STOW-RS', callingAeTitle: null });
    const idleMs = this.config.ASSOCIATION_IDLE_MS;
    const check = this.checkOf(request);
    try {
      const { outcomes, broken } = await readParts({ ...request, idleMs }, ({ contentType }) =>
        partOf(contentType, intake, check),
      );
      const known = (await Promise.all(outcomes)).map((outcome) => this.told(outcome));
      if (broken === undefined) {
        return known.length === 0 ? failure(stowProblems.STOW_WITHOUT_INSTANCES) : success(known);
      }
      // 400 says that nothing was stored (PS3.18 table 10.5.3-1); whole parts before the break are.
      const isKept = known.some((outcome) => 'stored' in outcome);
      if (isKept) return success([...known, { failed: statusOf('cut-short') }]);
      return failure(stowProblems.STOW_MULTIPART_BROKEN, broken.message);
    } finally {
      this.active -= 1;
      await intake.close();
    }
  }

  private told(outcome: IntakeOutcome): PartOutcome {
    if ('stored' in outcome) return outcome;
    if ('returned' in outcome) {
      // A prior of this gateway: the province has it, under another hospital's name (ADR 0019).
      this.metrics.instanceReturned();
      return { stored: outcome.returned };
    }
    const { refused, scanned } = outcome;
    this.metrics.instanceRefused(refused);
    return { failed: statusOf(refused), ...(scanned === undefined ? {} : { named: scanned }) };
  }

  private checkOf({ studyInstanceUid: study }: StowRequest): Check {
    return ({ studyInstanceUid, sopInstanceUid }) => {
      if (study !== undefined && study !== studyInstanceUid) return 'other-study';
      return this.priors.has(sopInstanceUid) ? 'returned' : undefined;
    };
  }
}

function partOf(contentType: string, intake: InstanceIntake, check: Check): IncomingPart<IntakeOutcome> {
  const part: IncomingInstance | Refusal = isDicomPart(contentType) ? intake.begin() : 'not-dicom';
  if (!(part instanceof IncomingInstance)) return ignoredPart({ refused: part });
  return {
    write: (bytes) => part.write(bytes),
    finish: () => part.finish(check),
    discard: () => part.discard(),
  };
}
