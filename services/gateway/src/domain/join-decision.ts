import type { Join } from './join-images.js';

/** What a person said: this exam, or none of them. */
export interface JoinDecision {
  readonly examId: number | null;
}

/** A person's word stands, whatever numbers say later. */
export function decidedJoin(found: Join, decision: JoinDecision | undefined): Join {
  if (decision === undefined) return found;
  return decision.examId === null ? { kind: 'alone' } : { kind: 'joined', examId: decision.examId, rule: 'PERSON' };
}

/**
 * Of what a performed step names. A step may perform several orders in one study: one that finds its exam by its own numbers
 * keeps it, since the decision was about the images.
 */
export const decidedStepJoin = (found: Join, decision: JoinDecision | undefined): Join =>
  found.kind === 'joined' ? found : decidedJoin(found, decision);

/** The exams that numbers, or patient and day, speak for. */
export function candidatesOf(join: Join): readonly number[] {
  if (join.kind === 'joined') return [join.examId];
  return 'examIds' in join ? join.examIds : [];
}
