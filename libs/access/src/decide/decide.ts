import type { AccessAction, DecidedFacts } from '@yinglian/contracts';
import type { Actor } from './actor.js';
import { type Answer, answerOf, BREAK_GLASS } from './answer.js';
import type { Relationship } from './host-facts.js';
import type { Policies } from './policies.js';
import { type Asking, questionOf } from './question.js';

/** What is asked for; null where the question is about nobody, or nothing, in particular. */
export interface AccessRequest {
  readonly actor: Actor;
  readonly action: AccessAction;
  readonly personId: string | null;
  readonly studyInstanceUid: string | null;
  readonly ownerHospital: string | null;
}

/** What the replicated view knows about actor, person and study at this moment. */
export interface AccessFacts {
  /** Of the actor's hospital with the person. */
  readonly relationship: Relationship;
  /** Of the study; undefined of one that may be known as any other. */
  readonly confidentiality: DecidedFacts['confidentiality'] | undefined;
  /** When the actor's declared relationship with the person ends; null when there is none. */
  readonly declaredUntil: Date | null;
  readonly objected: boolean;
  /** The break-glass of the actor for the person that has not ended; null when there is none. */
  readonly breakGlassId: string | null;
  /** The account is a patient's and stands for the person (ADR 0056). */
  readonly own: boolean;
}

export const NO_FACTS: AccessFacts = {
  relationship: {},
  confidentiality: undefined,
  declaredUntil: null,
  objected: false,
  breakGlassId: null,
  own: false,
};

export interface Decision extends Answer {
  /** What is recorded of the facts, so that it can be decided again. */
  readonly facts: DecidedFacts;
  /** Of a permit that rests on broken glass; null of any other decision. */
  readonly breakGlassId: string | null;
}

/** The one decision: the same question and facts give the same answer everywhere. */
export function decide(policies: Policies, { actor, ...asked }: AccessRequest, known: AccessFacts): Decision {
  return decideOn(policies, { ...actor, ...asked }, factsToRecord(actor, known), known);
}

/** Whether a study of the hospital, whichever it is, may be shown in a list. */
export function decideListing(policies: Policies, actor: Actor, ownerHospital: string, known: AccessFacts): Decision {
  const asked = { ...actor, action: 'study.search' as const, personId: null, studyInstanceUid: null, ownerHospital };
  return decideOn(policies, asked, { ...factsToRecord(actor, known), listed: true }, known);
}

function decideOn(policies: Policies, asking: Asking, facts: DecidedFacts, { breakGlassId }: AccessFacts): Decision {
  const answer = answerOf(policies, questionOf(asking, facts));
  return { ...answer, facts, breakGlassId: answer.code === BREAK_GLASS ? breakGlassId : null };
}

/** Only what there is and what is so: records are many. */
function factsToRecord({ device, scopes, department, secondFactor }: Actor, known: AccessFacts): DecidedFacts {
  return {
    device: device ?? 'program',
    ...(scopes === undefined || scopes.length === 0 ? {} : { scopes: [...scopes] }),
    ...(department === null ? {} : { department }),
    ...(secondFactor === true ? { secondFactor } : {}),
    ...known.relationship,
    ...(known.confidentiality === undefined ? {} : { confidentiality: known.confidentiality }),
    ...(known.declaredUntil === null ? {} : { declared: true }),
    ...(known.objected ? { objected: true } : {}),
    ...(known.breakGlassId === null ? {} : { brokeGlass: true }),
    ...(known.own ? { own: true } : {}),
  };
}
