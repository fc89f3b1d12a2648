import { HospitalCode, PersonId, Uid } from '@yinglian/contracts';
import { ORGANIZATION_SYSTEM } from '@yinglian/fhir';
import { failure, type Result, success } from '@yinglian/platform';
import { Identity, StatedBy, type Statement } from '../domain/statement.js';
import type { AtDesk } from '../state-consents/taking-of.js';
import type { ConsentBody } from './consent-body.js';
import { DEATH_CERTIFICATE, IDENTITY, PRIVACY_CODE, PROOF, STATED_BY, STUDY_UID } from './consent-names.js';
import { consentFhirProblems } from './fhir.errors.js';

const notUnderstood = (why: string) => failure(consentFhirProblems.CONSENT_NOT_UNDERSTOOD, why);

export interface ReadConsent {
  readonly statement: Statement;
  readonly desk: AtDesk;
}

/** What a Consent says. Failures: CONSENT_NOT_UNDERSTOOD, which names the element. */
export function readConsent(body: ConsentBody): Result<ReadConsent> {
  if (!body.scope.coding?.some(({ code }) => code === PRIVACY_CODE)) return notUnderstood('scope is patient-privacy');
  const personId = PersonId.safeParse(body.patient.reference?.replace(/^Patient\//, '')).data;
  if (personId === undefined) return notUnderstood('patient is a reference to Patient/<id>');
  const { type, actor, data, period } = body.provision;
  const receiver = receiverIn(actor);
  if (receiver === undefined) return notUnderstood('provision.actor is one hospital, by its identifier');
  const scope = scopeIn(data);
  if (scope === undefined) return notUnderstood('provision.data is one ImagingStudy');
  const until = period?.end ?? null;
  const by = statedBy(body);
  if (by === undefined) return notUnderstood('performer and sourceReference say whose word it is, on what proof');
  const identity = Identity.safeParse(body.extension.find(({ url }) => url === IDENTITY)?.valueCode).data;
  const decision = type === 'deny' ? ('closes' as const) : ('opens' as const);
  return success({
    statement: { personId, decision, scope, receiver, until, note: '' },
    desk: { by, ...(identity && { identity }) },
  });
}

/** Null: all hospitals; undefined: not understood. */
function receiverIn([one]: ConsentBody['provision']['actor']): string | null | undefined {
  if (one === undefined) return null;
  const { system, value } = one.reference.identifier ?? {};
  return system === ORGANIZATION_SYSTEM ? HospitalCode.safeParse(value).data : undefined;
}

function scopeIn([one]: ConsentBody['provision']['data']): Statement['scope'] | undefined {
  if (one === undefined) return { kind: 'person' };
  const { reference, identifier } = one.reference;
  const named = identifier?.system === STUDY_UID ? identifier.value?.replace(/^urn:oid:/, '') : undefined;
  const uid = Uid.safeParse(named ?? reference?.replace(/^ImagingStudy\//, '')).data;
  return uid === undefined ? undefined : { kind: 'study', studyInstanceUid: uid };
}

function statedBy({ performer: [performer], sourceReference, extension }: ConsentBody): StatedBy | undefined {
  const { system, value: kind } = performer?.identifier ?? {};
  if (performer === undefined || performer.reference?.startsWith('Patient/')) return { kind: 'patient' };
  if (system !== STATED_BY) return undefined;
  const { system: proofSystem = '', value: reference } = sourceReference?.identifier ?? {};
  const deathCertificate = extension.find(({ url }) => url === DEATH_CERTIFICATE)?.valueString;
  const proof = {
    kind: proofSystem.replace(`${PROOF}:`, ''),
    reference,
    ...(deathCertificate && { deathCertificate }),
  };
  return StatedBy.safeParse({ kind, proof }).data;
}
