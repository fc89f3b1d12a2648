import type { AccessRequest, Actor } from '@yinglian/access';
import type { PriorOffer } from '../storage/prior-offer.store.js';

/** A gateway fetches priors for the clinicians whom the patient is visiting: it may what they may, and is recorded by its name. */
export const gatewayActor = (hospital: string): Actor => ({
  subject: `gateway-${hospital}`,
  displayName: `Gateway ${hospital}`,
  roles: ['clinician'],
  hospital,
  department: null,
  sessionId: `gateway-${hospital}`,
  purposeOfUse: 'TREAT',
});

/** The question whether it may have the study that it was offered. */
export const openingOf = (
  { hospital, studyInstanceUid }: PriorOffer,
  study: { readonly person_id: string | null; readonly hospital: string },
): AccessRequest => ({
  actor: gatewayActor(hospital),
  action: 'study.retrieve',
  personId: study.person_id,
  studyInstanceUid,
  ownerHospital: study.hospital,
});
