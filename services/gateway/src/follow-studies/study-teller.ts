import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import {
  MOST_NAMED_INSTANCES,
  PatientObservedV1,
  PatientObservedV3,
  StudyArrivingV1,
  StudyReceivedV2,
} from '@yinglian/contracts';
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
    const { completion } = study;
    if (completion !== undefined && isNews(study, completion)) await this.tellCompletion(study, completion);
    if (study.completion === completion) study.completion = undefined;
  }

  private async tellCompletion(study: FollowedStudy, { at, ...completion }: Completed): Promise<void> {
    const { hospital } = this;
    const { studyInstanceUid } = study;
    const instances = study.instances.size;
    const missingInstances = completion.missingInstances.slice(0, MOST_NAMED_INSTANCES);
    const said = { ...completion, missingInstances };
    await this.publisher.publish(
      StudyReceivedV2,
      { hospital, studyInstanceUid, instances, ...said, decidedAt: at },
      { eventId: eventIdOf(StudyReceivedV2.type, hospital, studyInstanceUid, String(instances), JSON.stringify(said)) },
    );
    study.instancesTold = instances;
  }

  private tellFact(studyInstanceUid: string, fact: StudyFact): Promise<void> {
    if ('mark' in fact) {
      const { mark, observed } = fact;
      const eventId = (type: string) => eventIdOf(type, this.hospital, studyInstanceUid, mark);
      return 'phones' in observed
        ? this.publisher.publish(PatientObservedV3, observed, { eventId: eventId(PatientObservedV3.type) })
        : this.publisher.publish(PatientObservedV1, observed, { eventId: eventId(PatientObservedV1.type) });
    }
    return this.publisher.publish(StudyArrivingV1, fact.arriving, {
      eventId: eventIdOf(StudyArrivingV1.type, this.hospital, studyInstanceUid),
    });
  }
}

type Completed = NonNullable<FollowedStudy['completion']>;

/** Another number, or the same with better grounds than that it is quiet. */
const isNews = ({ instances, instancesTold }: FollowedStudy, { reason, confidence }: Completed) =>
  instances.size > 0 && (instances.size !== instancesTold || confidence !== 'likely' || reason === 'RIS_COUNT');

/** Ends early, and without complaint, when the gateway stops. */
const pause = (ms: number, signal: AbortSignal) => setTimeout(ms, undefined, { signal }).catch(() => undefined);
