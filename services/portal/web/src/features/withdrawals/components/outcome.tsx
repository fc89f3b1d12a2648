import { useTranslation } from 'react-i18next';
import type { DecisionKind } from '../domain/study-decision.js';

const TONES = { withdraw: 'is-deny', restore: 'is-permit', hold: '', release: '' } as const;

export function Outcome({ decision }: { decision: DecisionKind }) {
  const { t } = useTranslation();
  return <span className={`outcome ${TONES[decision]}`}>{t(`withdrawals.done.${decision}`)}</span>;
}
