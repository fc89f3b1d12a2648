import type { BreakGlassKind, BreakGlassVerdict } from '@yinglian/contracts';

export const KINDS: readonly BreakGlassKind[] = [
  'unconscious',
  'life-threatening',
  'cannot-express',
  'mass-casualty',
  'public-health-emergency',
];
export const VERDICTS: readonly BreakGlassVerdict[] = ['justified', 'needs-talk', 'not-justified'];

/** What the reader has broken that has not ended. */
export interface OpenGlass {
  readonly breakGlassId: string;
  readonly personId: string;
  readonly kind: BreakGlassKind;
  readonly openedAt: string;
  readonly expiresAt: string;
}

/** What auditors see of one. */
export interface Glass extends OpenGlass {
  readonly actor: {
    readonly subject: string;
    readonly displayName: string;
    readonly hospital: string;
    readonly department: string | null;
  };
  readonly reason: string;
  readonly closedAt: string | null;
  readonly closedBy: 'opener' | 'time' | null;
  readonly reviewDueAt: string;
  readonly reviewedAt: string | null;
  readonly escalatedAt: string | null;
  readonly isOverdue: boolean;
}

export interface Review {
  readonly reviewId: string;
  readonly verdict: BreakGlassVerdict;
  readonly note: string;
  readonly displayName: string;
  readonly reviewedAt: string;
}

export type ReviewedGlass = Glass & { readonly reviews: readonly Review[] };

/** Whether more may still be looked at under it. */
export const lasts = ({ closedAt, expiresAt }: Pick<Glass, 'closedAt' | 'expiresAt'>, now: number) =>
  closedAt === null && Date.parse(expiresAt) > now;

/** How long still: 1:59:07, or 04:12; nothing when it is over. */
export function timeLeft(expiresAt: string, now: number): string {
  const seconds = Math.ceil((Date.parse(expiresAt) - now) / 1_000);
  if (seconds <= 0) return '';
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}
