import {
  type Consent as ConsentResource,
  ORGANIZATION_SYSTEM,
  type Organization,
  type Reference,
} from '@yinglian/fhir';
import type { Consent } from '../storage/consent.store.js';
import {
  CONSENT_DOCUMENT,
  DEATH_CERTIFICATE,
  IDENTITY,
  OPT_IN,
  OPT_OUT,
  PRIVACY,
  PROOF,
  RECEIVER,
  STATED_BY,
  STUDY_UID,
} from './consent-names.js';

const hospital = (code: string): Reference<Organization> => ({
  type: 'Organization',
  identifier: { system: ORGANIZATION_SYSTEM, value: code },
});

/** What a patient said as FHIR R4 Consent (http://hl7.org/fhir/R4/consent.html): what is denied, or permitted, to whom of what. */
export function consentResource(consent: Consent): ConsentResource {
  const { consentId, personId, decision, studyInstanceUid, receiver, by, identity, recordedAtHospital } = consent;
  const { proof } = by;
  const patient = { reference: `Patient/${personId}` };
  const death = proof?.deathCertificate;
  return {
    resourceType: 'Consent',
    id: consentId,
    meta: {
      versionId: consent.endedAt === null ? '1' : '2',
      lastUpdated: (consent.endedAt ?? consent.saidAt).toISOString(),
    },
    extension: [
      { url: IDENTITY, valueCode: identity },
      ...(death === undefined ? [] : [{ url: DEATH_CERTIFICATE, valueString: death }]),
    ],
    status: consent.endedAt === null ? 'active' : 'inactive',
    scope: PRIVACY,
    category: [CONSENT_DOCUMENT],
    patient,
    dateTime: consent.saidAt.toISOString(),
    performer: [
      by.kind === 'patient' ? patient : { type: 'RelatedPerson', identifier: { system: STATED_BY, value: by.kind } },
    ],
    ...(recordedAtHospital === null ? {} : { organization: [hospital(recordedAtHospital)] }),
    ...(proof === null
      ? {}
      : {
          sourceReference: {
            type: 'DocumentReference',
            identifier: { system: `${PROOF}:${proof.kind}`, value: proof.reference ?? '' },
          },
        }),
    policyRule: decision === 'closes' ? OPT_OUT : OPT_IN,
    provision: {
      type: decision === 'closes' ? 'deny' : 'permit',
      ...(consent.until === null ? {} : { period: { end: consent.until } }),
      ...(receiver === null ? {} : { actor: [{ role: RECEIVER, reference: hospital(receiver) }] }),
      ...(studyInstanceUid === null
        ? {}
        : {
            data: [
              {
                meaning: 'instance' as const,
                reference: {
                  reference: `ImagingStudy/${studyInstanceUid}`,
                  identifier: { system: STUDY_UID, value: `urn:oid:${studyInstanceUid}` },
                },
              },
            ],
          }),
    },
  };
}
