import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { failure, platformProblems, type Result, success } from '@yinglian/platform';
import type { Refusal } from '../domain/refusal.js';
import type { GatewayConfig } from '../gateway.config.js';
import { gatewayProblems } from '../gateway.errors.js';
import { GatewayMetrics } from '../gateway.metrics.js';
import { GATEWAY_CONFIG } from '../gateway.tokens.js';
import { type Check, IncomingInstance } from '../receive-instances/incoming-instance.js';
import type { InstanceIntake } from '../receive-instances/instance-intake.js';
import { InstanceReception } from '../receive-instances/instance-reception.js';
import { SentPriors } from '../send-priors/sent-priors.store.js';
import { MultipartError, MultipartReader } from './multipart-reader.js';
import { receivedFrom } from './received-body.js';
import type { PartOutcome } from './stow-answer.js';

export interface StowRequest {
  readonly boundary: string;
  readonly body: Readable;
  /** The study that all instances must belong to; any when undefined. */
  readonly studyInstanceUid: string | undefined;
}

/** Requests at the same time; each may hold a few megabytes on their way to the disk. */
const MOST_REQUESTS = 16;
/** Parts of one request; what became of each is in the answer. */
const MOST_PARTS = 20_000;

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
    try {
      const { finished, broken } = await storeParts(
        request,
        intake,
        this.config.ASSOCIATION_IDLE_MS,
        this.checkOf(request),
      );
      const outcomes = await Promise.all(finished.map(({ outcome }) => outcome));
      for (const outcome of outcomes) {
        if ('refused' in outcome) this.metrics.instanceRefused(outcome.refused);
        if ('returned' in outcome) this.metrics.instanceReturned();
      }
      if (broken === undefined) {
        return outcomes.length === 0 ? failure(gatewayProblems.STOW_WITHOUT_INSTANCES) : success(outcomes);
      }
      // 400 says that nothing was stored (PS3.18 table 10.5.3-1); whole parts before the break are.
      const isKept = outcomes.some((outcome) => !('refused' in outcome));
      if (isKept) return success([...outcomes, { refused: 'cut-short' }]);
      return failure(gatewayProblems.STOW_MULTIPART_BROKEN, broken.message);
    } finally {
      this.active -= 1;
      await intake.close();
    }
  }

  private checkOf({ studyInstanceUid: study }: StowRequest): Check {
    return ({ studyInstanceUid, sopInstanceUid }) => {
      if (study !== undefined && study !== studyInstanceUid) return 'other-study';
      return this.priors.has(sopInstanceUid) ? 'returned' : undefined;
    };
  }
}

interface FinishedPart {
  readonly outcome: PartOutcome | Promise<PartOutcome>;
}

interface StoredParts {
  /** In the order of the parts. */
  readonly finished: readonly FinishedPart[];
  /** Why the parts are not all that the body should have. */
  readonly broken?: MultipartError;
}

async function storeParts(
  request: StowRequest,
  intake: InstanceIntake,
  idleMs: number,
  check: Check,
): Promise<StoredParts> {
  const reader = new MultipartReader(request.boundary);
  const finished: FinishedPart[] = [];
  let part: IncomingInstance | Refusal | undefined;
  try {
    for await (const chunk of receivedFrom(request.body, idleMs)) {
      for (const event of reader.read(chunk)) {
        if (event.kind === 'part') {
          if (finished.length >= MOST_PARTS) throw new MultipartError('There are too many parts');
          part = isDicom(event.contentType) ? intake.begin() : 'not-dicom';
        } else if (event.kind === 'data') {
          const wait = part instanceof IncomingInstance ? part.write(event.bytes) : undefined;
          if (wait !== undefined) await wait;
        } else if (part !== undefined) {
          finished.push(await finish(part, check));
          part = undefined;
        }
      }
    }
    if (!reader.isFinished) throw new MultipartError('The body ends before its last boundary');
    return { finished };
  } catch (error) {
    if (!(error instanceof MultipartError)) throw error;
    return { finished, broken: error };
  } finally {
    if (part instanceof IncomingInstance) await part.discard();
  }
}

const finish = async (part: IncomingInstance | Refusal, check: Check): Promise<FinishedPart> =>
  part instanceof IncomingInstance ? part.finish(check) : { outcome: { refused: part } };

/** A part that does not say what it is, is what the request says: application/dicom. */
const isDicom = (contentType: string) => /^(application\/dicom\s*(;|$)|application\/octet-stream|$)/i.test(contentType);
