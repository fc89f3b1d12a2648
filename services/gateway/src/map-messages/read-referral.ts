import type { Segment } from '@yinglian/hl7';
import type { ReferralFact } from './facts.js';
import type { FieldReader } from './field-reader.js';

/** What REF trigger events do to a referral (HL7 2.5.1 section 11.3); null: RF1-1 says. */
const REFERRAL_EVENTS = { I12: null, I13: null, I14: 'cancelled' } as const;
type ReferralEvent = keyof typeof REFERRAL_EVENTS;

export const isReferralEvent = (trigger: string): trigger is ReferralEvent => Object.hasOwn(REFERRAL_EVENTS, trigger);

/** HL7 table 0286. */
const REFERRED_TO = 'RT';

/** A referral for each hospital that a provider "referred to" belongs to. */
export function readReferral(fields: FieldReader, trigger: ReferralEvent): ReferralFact[] {
  const referral = {
    kind: 'referral' as const,
    referralId: fields.required('referralNumber', 'REFERRAL_NUMBER_MISSING'),
    status: REFERRAL_EVENTS[trigger] ?? fields.code('referralStatus') ?? 'active',
    effectiveAt: fields.instant('referralStartsAt'),
    expiresAt: fields.end('referralEndsAt'),
  };
  const hospitals = new Set(receiversOf(fields).flatMap((receiver) => receiver.hospital('referredTo') ?? []));
  if (hospitals.size === 0 && fields.problems.length === 0) fields.note('REFERRED_TO_MISSING', 'PRD-4');
  return [...hospitals].map((referredTo) => ({ ...referral, referredTo }));
}

/** What is said of each provider who is referred to, together with the rest of the message. */
function receiversOf(fields: FieldReader): FieldReader[] {
  const isProvider = ({ name }: Segment) => name === 'PRD';
  const isReceiver = (segment: Segment) =>
    isProvider(segment) &&
    fields
      .within([segment])
      .valuesOf('providerRole')
      .some((role) => role(1) === REFERRED_TO);
  const rest = fields.segments.filter((segment) => !isProvider(segment));
  return fields.segments.filter(isReceiver).map((receiver) => fields.within([receiver, ...rest]));
}
