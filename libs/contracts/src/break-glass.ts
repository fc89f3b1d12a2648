import { z } from 'zod';

/** Why the glass was broken: the emergencies of 个人信息保护法, article 13(4), as a clinician meets them. */
export const BreakGlassKind = z.enum([
  'unconscious',
  'life-threatening',
  'cannot-express',
  'mass-casualty',
  'public-health-emergency',
]);
export type BreakGlassKind = z.infer<typeof BreakGlassKind>;

/** What an auditor finds of it. */
export const BreakGlassVerdict = z.enum(['justified', 'not-justified', 'needs-talk']);
export type BreakGlassVerdict = z.infer<typeof BreakGlassVerdict>;
