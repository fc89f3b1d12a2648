import type { EndedRetention, RetentionRule } from './proposal.js';

export type DisposalState = 'confirmed' | 'registered' | 'destroying' | 'destroyed' | 'stopped';
export type Obstacle = 'NOT_WITHDRAWN' | 'ON_HOLD' | 'RETAINED' | 'IN_QUARANTINE' | 'STUDY_GONE';

/** A study that is given up, and what became of that. */
export interface Disposal {
  readonly disposalId: number;
  readonly studyInstanceUid: string;
  readonly hospital: string;
  readonly state: DisposalState;
  readonly note: string;
  readonly confirmedByName: string;
  readonly confirmedAt: string;
  readonly registeredByName: string | null;
  readonly registeredAt: string | null;
  readonly stoppedFor: Obstacle | 'TAKEN_BACK' | null;
  readonly endedAt: string | null;
  /** When its time of grace is over, of a registered one. */
  readonly dueAt: string | null;
}

/** With what holds of its study now, as long as nothing is destroyed. */
export interface WeighedDisposal extends Disposal {
  readonly obstacle: Obstacle | null;
  readonly retention: EndedRetention | null;
  readonly rules: readonly RetentionRule[];
}

/** Lists of the page, in the order of what happens; each is of some states. */
export const LISTED_STATES = {
  confirmed: ['confirmed'],
  registered: ['registered', 'destroying'],
  destroyed: ['destroyed'],
  stopped: ['stopped'],
} as const satisfies Record<string, readonly DisposalState[]>;
export type DisposalList = keyof typeof LISTED_STATES;
/** With that of what could be given up. */
export type ListName = DisposalList | 'proposals';

export const isListName = (text: string): text is ListName =>
  text === 'proposals' || Object.hasOwn(LISTED_STATES, text);

/** Whether nothing is destroyed yet. */
export const canBeTakenBack = ({ state }: Disposal): boolean => state === 'confirmed' || state === 'registered';
