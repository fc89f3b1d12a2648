import type { Header } from './header.js';

/** What became of a message: taken, not taken this time, never to be taken as it is. */
export type Outcome = 'accepted' | 'error' | 'rejected';

/** HL7 table 0008: of receipt (enhanced mode), and of processing (and all of original mode). */
export type AcknowledgementCode = 'AA' | 'AE' | 'AR' | 'CA' | 'CE' | 'CR';

const APPLICATION = { accepted: 'AA', error: 'AE', rejected: 'AR' } as const;
const ACCEPT = { accepted: 'CA', error: 'CE', rejected: 'CR' } as const;

/** Which outcomes a condition asks to hear of (HL7 table 0155); all for any other value. */
const WANTED: Readonly<Record<string, readonly Outcome[]>> = {
  NE: [],
  SU: ['accepted'],
  ER: ['error', 'rejected'],
};
const wants = (condition: string, outcome: Outcome) => WANTED[condition]?.includes(outcome) !== false;
const wantsForApplication = (condition: string, outcome: Outcome) => condition !== '' && wants(condition, outcome);

type Conditions = Pick<Header, 'acceptAcknowledgement' | 'applicationAcknowledgement'>;

/** Neither condition is valued; `NE` with `AL` is the same in other words (HL7 2.5.1 section 2.9.3). */
const isOriginal = ({ acceptAcknowledgement: accept, applicationAcknowledgement: application }: Conditions) =>
  (accept === '' && application === '') || (accept === 'NE' && application === 'AL');

/**
 * The code that answers the receipt of a message; undefined when none is asked for. A message that was not taken is never
 * processed: whoever does not want to hear so of its receipt hears so as of its processing.
 */
export function codeOfReceipt(conditions: Conditions, outcome: Outcome): AcknowledgementCode | undefined {
  if (isOriginal(conditions)) return APPLICATION[outcome];
  const { acceptAcknowledgement: accept, applicationAcknowledgement: application } = conditions;
  if (wants(accept, outcome)) return ACCEPT[outcome];
  return outcome !== 'accepted' && wantsForApplication(application, outcome) ? APPLICATION[outcome] : undefined;
}

/** The code that answers the processing of a message that was taken, in a message of its own; undefined when none is asked for. */
export const codeOfProcessing = (conditions: Conditions, outcome: Outcome): AcknowledgementCode | undefined =>
  !isOriginal(conditions) && wantsForApplication(conditions.applicationAcknowledgement, outcome)
    ? APPLICATION[outcome]
    : undefined;

/** Some outcome of its processing is to be told. */
export const asksForProcessing = (conditions: Conditions): boolean =>
  codeOfProcessing(conditions, 'accepted') !== undefined || codeOfProcessing(conditions, 'error') !== undefined;
