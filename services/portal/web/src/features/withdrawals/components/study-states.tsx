import { useTranslation } from 'react-i18next';
import { type StudyCounts, stateOf } from '../domain/study-state.js';

const TONES = { shown: 'is-permit', partly: 'is-waiting', withdrawn: 'is-deny' } as const;

/** Whether a study is shown, and whether it is on hold. */
export function StudyStates({ study }: { study: StudyCounts }) {
  const { t } = useTranslation();
  const state = stateOf(study);
  return (
    <span className="tags">
      <span className={`outcome ${TONES[state]}`}>{t(`withdrawals.states.${state}`)}</span>
      {study.isHeld && <span className="outcome">{t('withdrawals.states.held')}</span>}
    </span>
  );
}
