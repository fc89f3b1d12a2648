import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { PatientObservedV1, StudyArrivingV1, StudyReceivedV1 } from '@yinglian/contracts';
import type { EventPublisher } from '@yinglian/messaging';
import { eventIdOf } from '../domain/event-id.js';
import type { FollowedStudy, StudyFact } from '../domain/followed-study.js';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Tells the event log what is new of studies, one event after the other, and again until it is there. Ids are computed from
 * what is said, so that saying it twice, also after a restart, is saying it once.
 */
export class StudyTeller {
  private readonly logger = new Logger(StudyTeller.name);
  private last: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(
    private readonly publisher: EventPublisher,
    private readonly hospital: string,
  ) {}

  /** Resolves when the log has everything that was new of the study. */
  tell(study: FollowedStudy): Promise<void> {
    this.last = this.last.then(() => this.untilTold(study));
    return this.last;
  }

  stop(): void {
    this.stopping.abort();
  }

  private async untilTold(study: FollowedStudy): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; study.hasNews && !this.stopping.signal.aborted; ) {
      try {
        await this.tellNext(study);
        pauseMs = FIRST_PAUSE_MS;
      } catch (error) {
        if (pauseMs === FIRST_PAUSE_MS) this.logger.warn({ err: error }, 'The event log does not answer');
        await pause(pauseMs * (0.5 + Math.random() / 2), this.stopping.signal);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  private async tellNext(study: FollowedStudy): Promise<void> {
    const fact = study.facts[study.factsTold];
    if (fact !== undefined) {
      await this.tellFact(study.studyInstanceUid, fact);
      study.factsTold += 1;
      return;
    }
    const { quiet } = study;
    const instances = study.instances.size;
    if (quiet !== undefined && instances > 0 && instances !== study.instancesTold) {
      const { hospital } = this;
      const { studyInstanceUid } = study;
      await this.publisher.publish(
        StudyReceivedV1,
        { hospital, studyInstanceUid, instances, reason: quiet.reason, quietSince: quiet.since },
        { eventId: eventIdOf(StudyReceivedV1.type, hospital, studyInstanceUid, String(instances)) },
      );
      study.instancesTold = instances;
    }
    if (study.quiet === quiet) study.quiet = undefined;
  }

  private tellFact(studyInstanceUid: string, fact: StudyFact): Promise<void> {
    if ('mark' in fact) {
      return this.publisher.publish(PatientObservedV1, fact.observed, {
        eventId: eventIdOf(PatientObservedV1.type, this.hospital, studyInstanceUid, fact.mark),
      });
    }
    return this.publisher.publish(StudyArrivingV1, fact.arriving, {
      eventId: eventIdOf(StudyArrivingV1.type, this.hospital, studyInstanceUid),
    });
  }
}

/** Ends early, and without complaint, when the gateway stops. */
const pause = (ms: number, signal: AbortSignal) => setTimeout(ms, undefined, { signal }).catch(() => undefined);
