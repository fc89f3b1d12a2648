import { randomUUID } from 'node:crypto';
import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import { AccessRecordedV1, type EventData } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { messageOf } from '@yinglian/platform';
import { LRUCache } from 'lru-cache';
import { CLOCK, type Clock } from '../decide/clock.js';
import type { AccessRequest, Decision } from '../decide/decide.js';

export interface RecordDetails {
  /** Names of the search keys used; never their values. */
  readonly query?: readonly string[];
  /** One of many requests by which a viewer shows one study: counted, after the first one is recorded. */
  readonly partOfAView?: boolean;
}

export const ACCESS_SERVICE = Symbol('the service that records accesses');

type Access = EventData<typeof AccessRecordedV1>;

const VIEW_LASTS_MS = 10 * 60_000;
const FLUSH_EVERY_MS = 5_000;
const VIEWS_AT_MOST = 20_000;

/** Writes decisions to the audit trail through the outbox: `record` resolves when the record is committed. */
@Injectable()
export class AccessRecorder implements BeforeApplicationShutdown {
  private readonly logger = new Logger(AccessRecorder.name);
  private readonly views = new LRUCache<string, Promise<Access>>({ max: VIEWS_AT_MOST, ttl: VIEW_LASTS_MS });
  private uncounted = new Map<string, { access: Access; count: number }>();
  private readonly timer = setInterval(() => void this.flush(), FLUSH_EVERY_MS).unref();

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    @Inject(ACCESS_SERVICE) private readonly service: string,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * Resolves when the record is committed, or counted to one that is. Rejects when it cannot be. A viewer that is refused a study, frame after
   * frame, is one record as well: nobody fills the log by asking again.
   */
  async record(request: AccessRequest, decision: Decision, details: RecordDetails): Promise<void> {
    if (!details.partOfAView) {
      await this.write(this.accessOf(request, decision, details));
      return;
    }
    const { actor, action, personId, studyInstanceUid } = request;
    const { code, breakGlassId } = decision;
    // Of a list that shows what is closed the person is known, and no study.
    const about = studyInstanceUid ?? personId;
    const key = [actor.sessionId, actor.purposeOfUse, action, about, code, breakGlassId].join(' ');
    const known = this.views.get(key);
    if (known !== undefined) {
      this.count(await known);
      return;
    }
    const first = this.accessOf(request, decision, details);
    const written = this.write(first).then(() => first);
    this.views.set(key, written);
    written.catch(() => this.views.delete(key));
    await written;
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  private count(access: Access): void {
    const counted = this.uncounted.get(access.accessId) ?? { access, count: 0 };
    counted.count += 1;
    this.uncounted.set(access.accessId, counted);
  }

  /** Adds what was only counted; what cannot be written now is kept for the next time. */
  private async flush(): Promise<void> {
    if (this.uncounted.size === 0) return;
    const batch = this.uncounted;
    this.uncounted = new Map();
    try {
      await this.database.transaction(async (tx) => {
        for (const { access, count } of batch.values()) {
          await this.outbox.add(tx, AccessRecordedV1, { ...access, at: this.now().toISOString(), count });
        }
      });
    } catch (error) {
      this.logger.warn(`Repeated looks are counted later: ${messageOf(error)}`);
      for (const [id, { access, count }] of batch) {
        const since = this.uncounted.get(id)?.count ?? 0;
        this.uncounted.set(id, { access, count: count + since });
      }
    }
  }

  private write(access: Access): Promise<void> {
    return this.outbox.addAlone(AccessRecordedV1, access);
  }

  private accessOf({ actor, action, ...asked }: AccessRequest, decision: Decision, details: RecordDetails): Access {
    return {
      accessId: randomUUID(),
      at: this.now().toISOString(),
      count: 1,
      actor: {
        subject: actor.subject,
        displayName: actor.displayName,
        roles: [...actor.roles],
        hospital: actor.hospital,
      },
      action,
      purposeOfUse: actor.purposeOfUse,
      ...asked,
      query: [...(details.query ?? [])],
      decision: {
        outcome: decision.permitted ? 'permit' : 'deny',
        code: decision.code,
        policies: [...decision.policies],
        policyVersion: decision.policyVersion,
      },
      facts: decision.facts,
      ...(decision.breakGlassId === null ? {} : { breakGlassId: decision.breakGlassId }),
      service: this.service,
      traceId: trace.getActiveSpan()?.spanContext().traceId ?? '',
    };
  }
}
