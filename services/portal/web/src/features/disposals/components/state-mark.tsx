import { useTranslation } from 'react-i18next';
import type { DisposalState } from '../domain/disposal.js';

const TONES: Record<DisposalState, string> = {
  confirmed: 'is-waiting',
  registered: 'is-waiting',
  destroying: 'is-deny',
  destroyed: 'is-deny',
  stopped: 'is-permit',
};

export function StateMark({ state }: { state: DisposalState }) {
  const { t } = useTranslation();
  return <span className={`outcome ${TONES[state]}`}>{t(`disposals.states.${state}`)}</span>;
}
