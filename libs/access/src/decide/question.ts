import type { AccessAction, DecidedFacts, PurposeOfUse, Role } from '@yinglian/contracts';
import type { PolicyQuestion, PolicyResource } from './policies.js';

/** What a request and its record both say; the rest of the question is the facts. */
export interface Asking {
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly hospital: string | null;
  readonly purposeOfUse: PurposeOfUse;
  readonly action: AccessAction;
  readonly personId: string | null;
  readonly studyInstanceUid: string | null;
  readonly ownerHospital: string | null;
}

/** The one way in which the policies are asked: for a decision, and to decide it again from its record. */
export function questionOf(asking: Asking, facts: DecidedFacts): PolicyQuestion {
  const { subject, roles, hospital, purposeOfUse, action } = asking;
  const { device, scopes = [], department = null, secondFactor = false, listed = false, ...known } = facts;
  const { confidentiality, declared = false, objected = false, ...rest } = known;
  const { brokeGlass = false, own = false, ...relationship } = rest;
  return {
    principal: { id: subject, roles, scopes, hospital, department },
    action: listed ? 'study.list' : action,
    resource: listed
      ? { type: 'Study', id: 'any', ownerHospital: asking.ownerHospital }
      : resourceOf(asking, confidentiality),
    context: { purposeOfUse, device, secondFactor, ...relationship, declared, objected, brokeGlass, own },
  };
}

function resourceOf(
  { personId, studyInstanceUid, ownerHospital }: Asking,
  confidentiality: DecidedFacts['confidentiality'],
): PolicyResource {
  if (studyInstanceUid !== null) {
    const restricted = confidentiality === undefined ? {} : { confidentiality };
    return { type: 'Study', id: studyInstanceUid, ownerHospital, ...restricted };
  }
  return personId === null ? { type: 'Province' } : { type: 'Person', id: personId };
}
