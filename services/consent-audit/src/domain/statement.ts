import { HospitalCode, PersonId, Uid } from '@yinglian/contracts';
import { z } from 'zod';

const Reference = z.string().trim().min(3).max(100).describe('What the document is found again by; never a copy of it');
const proofOf = <const Kinds extends readonly [string, ...string[]]>(kinds: Kinds) =>
  z.strictObject({ kind: z.enum(kinds), reference: Reference });

export const GuardianProof = proofOf(['household-register', 'birth-certificate', 'guardianship-ruling']);

/** Whose word it is: the patient's, a guardian's of a child, a proxy's with an authorisation, or an heir's after death. */
export const StatedBy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('patient') }),
  z.strictObject({ kind: z.literal('guardian'), proof: GuardianProof }),
  z.strictObject({ kind: z.literal('proxy'), proof: proofOf(['power-of-attorney', 'notarised-authorisation']) }),
  z.strictObject({
    kind: z.literal('heir'),
    proof: z.strictObject({
      kind: z.enum(['marriage-certificate', 'household-register', 'notarised-kinship']),
      reference: Reference,
      deathCertificate: Reference,
    }),
  }),
]);
export type StatedBy = z.output<typeof StatedBy>;

/** The document by which a clerk saw who spoke. */
export const Identity = z.enum(['resident-id', 'passport', 'residence-permit', 'social-security-card']);
export type Identity = z.output<typeof Identity>;

/** What is said; without a receiver it is of all other hospitals. */
export const Statement = z.strictObject({
  personId: PersonId,
  decision: z.enum(['closes', 'opens']),
  scope: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('person') }),
    z.strictObject({ kind: z.literal('study'), studyInstanceUid: Uid }),
  ]),
  receiver: HospitalCode.nullable().default(null),
  until: z.iso.date().nullable().default(null).describe('The last day of an opening, in China; null: no end'),
  note: z.string().trim().max(500).default(''),
});
export type Statement = z.output<typeof Statement>;

const DAY_MS = 24 * 3_600_000;

/** When what is said ends by itself: midnight in China after its last day. */
export const endOf = ({ until }: Pick<Statement, 'until'>): Date | null =>
  until === null ? null : new Date(Date.parse(`${until}T00:00:00+08:00`) + DAY_MS);

/** Why an end cannot be had; null: it can. What is closed would open without a word, and what is over would open nothing. */
export function whyNoEnd(
  said: Pick<Statement, 'until' | 'decision'>,
  now: Date,
): 'CLOSED_WITHOUT_END' | 'END_IS_PAST' | null {
  const end = endOf(said);
  if (end === null) return null;
  if (said.decision === 'closes') return 'CLOSED_WITHOUT_END';
  return end > now ? null : 'END_IS_PAST';
}

/** Who spoke, how that was known, and who took it down where. */
export interface Taking {
  readonly by: StatedBy;
  /** `account`: by the patient's own sign-in; `program`: a hospital's program says so, which answers for it. */
  readonly identity: Identity | 'account' | 'program' | 'not-recorded';
  readonly recordedBy: string;
  readonly hospital: string | null;
}
