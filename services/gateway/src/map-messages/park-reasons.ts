/** Why a message cannot be applied as it is. The codes are stable: a hospital's staff filter and replay by them. */
export const PARK_REASONS = [
  'HEADER_UNREADABLE',
  'CHARSET_UNREADABLE',
  'SENDER_UNKNOWN',
  'TYPE_UNKNOWN',
  'PATIENT_ID_MISSING',
  'MERGED_PATIENT_ID_MISSING',
  'VISIT_NUMBER_MISSING',
  'REFERRAL_NUMBER_MISSING',
  'REFERRED_TO_MISSING',
  'ORDER_MISSING',
  'ORDER_NUMBER_MISSING',
  'REPORT_EMPTY',
  'DOCUMENT_UNREADABLE',
  'CODE_UNKNOWN',
  'VALUE_TOO_LONG',
  'UNEXPECTED',
] as const;
export type ParkReason = (typeof PARK_REASONS)[number];

/** One thing that is wrong with a message, and where: a path such as `PV1-2`. Never a value of the message. */
export interface Problem {
  readonly reason: ParkReason;
  readonly place: string;
}
