import { useState } from 'react';
import type { Conflict, Question } from '../domain/conflict.js';
import { splittable } from '../domain/splittable.js';

export type Act = 'link' | 'keep-apart' | 'split' | 'ask' | 'undo';

/** A decision that can be taken back, and the conflict that it was about. */
export interface LastDecision {
  readonly decisionId: string;
  readonly conflictId: string;
}

export type Dialog =
  | { readonly kind: 'link' | 'keep-apart' | 'split' | 'ask'; readonly conflict: Conflict }
  | { readonly kind: 'undo'; readonly decision: LastDecision }
  | { readonly kind: 'answer'; readonly question: Question }
  | { readonly kind: 'help' };

/** Which dialog is open, what was decided last, and what can be done. */
export function useDesk(shown: Conflict | undefined) {
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [last, setLast] = useState<LastDecision | null>(null);
  const made = shown?.decision ?? null;
  const undoable = made === null || shown === undefined ? last : decisionOf(shown);
  const isOpen = shown !== undefined && made === null;
  const can: Readonly<Record<Act, boolean>> = {
    link: isOpen && shown.otherPersonId !== null && shown.otherPersonId !== shown.personId,
    'keep-apart': isOpen,
    split: isOpen && splittable(shown.records).length > 0,
    ask: isOpen,
    undo: undoable !== null,
  };
  const act = (asked: Act) => {
    if (!can[asked]) return;
    if (asked === 'undo') {
      if (undoable !== null) setDialog({ kind: 'undo', decision: undoable });
    } else if (shown !== undefined) setDialog({ kind: asked, conflict: shown });
  };
  return { dialog, setDialog, remember: setLast, can, act };
}

const decisionOf = ({ conflictId, decision }: Conflict): LastDecision | null =>
  decision === null || decision.decisionId === null ? null : { decisionId: decision.decisionId, conflictId };
