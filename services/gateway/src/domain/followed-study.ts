import { PatientObservedV1, PatientObservedV3, StudyArrivingV1 } from '@yinglian/contracts';
import type { NamedBytes } from '@yinglian/dicom';
import { z } from 'zod';
import type { Origin } from './origin.js';
import { SentInstances } from './sent-instances.js';
import type { Completion } from './study-completion.js';

/** Different descriptions of the patient that are told of one study; a study with more is broken, not informative. */
const MOST_DESCRIPTIONS = 8;

/**
 * What the first instances said, to be told until the event log has it. `mark` tells descriptions of the patient apart. Journals of
 * older gateways have descriptions that say less; an older gateway reads those of today as its own.
 */
export const StudyFact = z.union([
  z.object({ mark: z.string(), observed: PatientObservedV3.data }),
  z.object({ mark: z.string(), observed: PatientObservedV1.data }),
  z.object({ arriving: StudyArrivingV1.data }),
]);
export type StudyFact = z.infer<typeof StudyFact>;

export interface ReceivedInstance extends Origin {
  readonly sopInstanceUid: string;
  readonly receivedAt: string;
  readonly length: number;
}

/** One study on its way: what is known of it, and what is still to be told. Pure bookkeeping. */
export class FollowedStudy {
  readonly instances = new Set<string>();
  /** Associations and requests that carry the study and are open. */
  readonly carriers = new Set<object>();
  readonly facts: StudyFact[] = [];
  private readonly marks = new Set<string>();
  /** How many facts the event log has. */
  factsTold = 0;
  /** How many facts the journal has. */
  factsKept = 0;
  /** Acknowledged instances that are in the spool only. */
  inSpool = 0;
  /** What the registry has taken. */
  readonly sent = new SentInstances();
  /** Of all that was received since this process runs, or was found in the spool. */
  bytes = 0;
  /** AE titles, or the way in of a sender that has none. */
  readonly senders = new Set<string>();
  firstAt: string | undefined;
  lastAt: string | undefined;
  /** The count that was told last. */
  instancesTold = 0;
  /** Why it is held for complete, while that is to be told. */
  completion: (Completion & { readonly at: string }) | undefined;
  /** Somebody says that more is to come. */
  isAwaited = false;

  constructor(readonly studyInstanceUid: string) {}

  /** One more instance of it is in the spool. */
  received({ sopInstanceUid, receivedAt, length, callingAeTitle, via }: ReceivedInstance): void {
    this.instances.add(sopInstanceUid);
    this.inSpool += 1;
    this.bytes += length;
    this.senders.add(callingAeTitle ?? via);
    if (this.firstAt === undefined || receivedAt < this.firstAt) this.firstAt = receivedAt;
    if (this.lastAt === undefined || receivedAt > this.lastAt) this.lastAt = receivedAt;
  }

  /** Whether an instance with this mark has news of the patient. */
  describesAnew(mark: string): boolean {
    if (this.marks.has(mark) || this.marks.size >= MOST_DESCRIPTIONS) return false;
    this.marks.add(mark);
    return true;
  }

  get isArriving(): boolean {
    return this.facts.some((fact) => 'arriving' in fact);
  }

  /** Takes over what a journal knows. */
  resume(known: {
    instances: readonly string[];
    facts: readonly StudyFact[];
    factsTold: number;
    instancesTold: number;
    sent: readonly (NamedBytes | string)[];
  }): void {
    for (const sent of known.sent) {
      if (typeof sent === 'string') this.sent.addUnknown([sent]);
      else this.sent.add([sent]);
    }
    for (const instance of known.instances) this.instances.add(instance);
    const fresh = this.facts.splice(0).filter((fact) => !known.facts.some((old) => isSameFact(old, fact)));
    for (const fact of known.facts) if ('mark' in fact) this.marks.add(fact.mark);
    this.facts.push(...known.facts, ...fresh);
    this.factsKept = known.facts.length;
    this.factsTold = known.factsTold;
    this.instancesTold = known.instancesTold;
  }

  get hasNews(): boolean {
    return this.factsTold < this.facts.length || this.completion !== undefined;
  }

  /** Everything is registered and told: nothing of it need be remembered but its journal. */
  get isSettled(): boolean {
    const isQuiet = this.inSpool === 0 && this.carriers.size === 0 && !this.isAwaited;
    return isQuiet && !this.hasNews && this.instancesTold === this.instances.size;
  }
}

const isSameFact = (one: StudyFact, other: StudyFact) =>
  'mark' in one ? 'mark' in other && one.mark === other.mark : 'arriving' in other;
