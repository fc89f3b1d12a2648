import type { DeedObject } from '@yinglian/contracts';
import type { PersonPrincipal } from '@yinglian/platform';
import type { Maker } from '../storage/decision.store.js';

/** A steward who decides. */
export const makerOf = ({ subject, displayName }: PersonPrincipal, note: string): Maker => ({
  reason: 'STEWARD',
  by: subject,
  name: displayName,
  note,
});

/** A decision, as records of deeds name it. */
export const decisionObject = (decisionId: string): DeedObject => ({ kind: 'decision', id: decisionId });
