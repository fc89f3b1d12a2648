import type { CompletionReason, Confidence } from '@yinglian/contracts';

/** What others than the images themselves say of how many instances a study has. */
export interface StudyExpectation {
  /** The performed procedure steps of the study that are known. */
  readonly steps: readonly { readonly isEnded: boolean; readonly instances: readonly string[] }[];
  /** Instances of the study that devices asked commitment for. */
  readonly committed: readonly string[];
  /** Images that RIS counts. */
  readonly risCount: number | null;
}

export const NOTHING_SAID: StudyExpectation = { steps: [], committed: [], risCount: null };

/** Milliseconds of quiet after which a study is judged. */
export interface Patience {
  readonly afterReleaseMs: number;
  readonly openMs: number;
  /** When somebody says that more is to come. */
  readonly unfinishedMs: number;
}

export interface Completion {
  readonly reason: CompletionReason;
  readonly confidence: Confidence;
  /** Instances that were listed or counted. */
  readonly expected: number | null;
  readonly missing: number;
  /** Which ones, as far as they were listed. */
  readonly missingInstances: readonly string[];
}

/** Complete, or to be looked at again when it has been quiet for so long. */
export type Judgement = Completion | { readonly quietForMs: number };

export interface StudyNow {
  readonly received: ReadonlySet<string>;
  readonly said: StudyExpectation;
  /** Nobody who carried it is connected any more. */
  readonly isReleased: boolean;
  readonly quietMs: number;
}

/**
 * Whether a study holds for complete, by the surest of its signals (ADR 0020). None counts while images still come: a
 * short quiet is asked for always.
 */
export function judge({ received, said, isReleased, quietMs }: StudyNow, patience: Patience): Judgement {
  const shortly = isReleased ? patience.afterReleaseMs : patience.openMs;
  if (quietMs < shortly) return { quietForMs: shortly };
  const reason = isReleased ? 'QUIET_AFTER_RELEASE' : 'QUIET_TIME';
  const expectation = expectationOf(said, received);
  if (expectation === undefined) {
    return { reason, confidence: 'likely', expected: null, missing: 0, missingInstances: [] };
  }
  if (expectation.isMet) return expectation.completion;
  if (quietMs < patience.unfinishedMs) return { quietForMs: patience.unfinishedMs };
  return { ...expectation.completion, reason: 'QUIET_TIME', confidence: 'doubtful' };
}

interface Expectation {
  readonly isMet: boolean;
  readonly completion: Completion;
}

function expectationOf(
  { steps, committed, risCount }: StudyExpectation,
  received: ReadonlySet<string>,
): Expectation | undefined {
  const isUnderWay = steps.some(({ isEnded }) => !isEnded);
  const performed = new Set(steps.flatMap(({ instances }) => instances));
  if (isUnderWay || performed.size > 0) return listed(performed, received, 'MPPS_COMPLETED', !isUnderWay);
  // Devices ask for series after series, and what was reported on is forgotten: a list without something that came says nothing.
  const asked = new Set(committed);
  if (committed.some((uid) => !received.has(uid)) || (asked.size > 0 && isSubset(received, asked))) {
    return listed(asked, received, 'COMMITMENT_REQUESTED', true);
  }
  if (risCount === null) return undefined;
  const missing = Math.max(0, risCount - received.size);
  const completion = { expected: risCount, missing, missingInstances: [] } as const;
  return { isMet: missing === 0, completion: { reason: 'RIS_COUNT', confidence: 'likely', ...completion } };
}

function listed(
  asked: ReadonlySet<string>,
  received: ReadonlySet<string>,
  reason: CompletionReason,
  isWhole: boolean,
): Expectation {
  const missingInstances = [...asked].filter((uid) => !received.has(uid));
  const missing = missingInstances.length;
  const expected = asked.size === 0 ? null : asked.size;
  return {
    isMet: isWhole && missing === 0,
    completion: { reason, confidence: 'certain', expected, missing, missingInstances },
  };
}

const isSubset = (some: ReadonlySet<string>, all: ReadonlySet<string>) => [...some].every((each) => all.has(each));
