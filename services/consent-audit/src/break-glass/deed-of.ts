import type { Deed } from '@yinglian/platform';
import type { BrokenGlass } from '../storage/break-glass.store.js';

/** What was done to broken glass; whose it is when somebody else does it. */
export const deedOf = (
  action: 'break-glass.open' | 'break-glass.end' | 'break-glass.review',
  {
    breakGlassId,
    personId,
    subject,
    hospital,
  }: Pick<BrokenGlass, 'breakGlassId' | 'personId' | 'subject' | 'hospital'>,
  code: string,
): Deed => ({
  action,
  purposeOfUse: action === 'break-glass.review' ? 'HOPERAT' : 'BTG',
  personId,
  account: action === 'break-glass.open' ? null : subject,
  hospital,
  object: { kind: 'break-glass', id: breakGlassId },
  code,
});
