import { z } from 'zod';

/** Whose word it is, when it is not the patient's. */
export const STATED_BY = 'urn:yinglian:stated-by';
/** By a kind behind it: what the proof is found again by. */
export const PROOF = 'urn:yinglian:proof';
export const DEATH_CERTIFICATE = 'urn:yinglian:fhir:death-certificate';
/** By what it was seen who spoke. */
export const IDENTITY = 'urn:yinglian:fhir:identity';
export const STUDY_UID = 'urn:dicom:uid';

const coding = (system: string, code: string, display: string) => ({ coding: [{ system, code, display }] });

export const PRIVACY_CODE = 'patient-privacy';
export const PRIVACY = coding('http://terminology.hl7.org/CodeSystem/consentscope', PRIVACY_CODE, 'Privacy Consent');
export const CONSENT_DOCUMENT = coding('http://loinc.org', '59284-0', 'Consent Document');
export const RECEIVER = coding(
  'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
  'IRCP',
  'information recipient',
);
export const OPT_OUT = coding('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'OPTOUT', 'opt-out');
export const OPT_IN = coding('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'OPTIN', 'opt-in');

const Text = z.string().max(256);
export const IdentifierBody = z.object({ system: Text.exactOptional(), value: Text.exactOptional() });
export const ReferenceBody = z.object({
  reference: Text.exactOptional(),
  type: Text.exactOptional(),
  identifier: IdentifierBody.exactOptional(),
  display: Text.exactOptional(),
});
export type ReferenceBody = z.output<typeof ReferenceBody>;
