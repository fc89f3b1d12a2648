import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DecidedStudy } from '../domain/registered-study.js';
import { WHOLE_STUDY } from '../domain/study-decision.js';
import { stateOf } from '../domain/study-state.js';
import type { Asking } from './decide-dialog.js';
import { StudyStates } from './study-states.js';

/** Whether the study is shown, what that means, and what can be decided about all of it. */
export function StudyVerdict({ decided, onAsk }: { decided: DecidedStudy; onAsk: (asking: Asking) => void }) {
  const { t } = useTranslation();
  const { isWithdrawn, isHeld, instances, shownInstances } = decided;
  const ask = (decision: Asking['decision']) =>
    onAsk({ ...WHOLE_STUDY, decision, reason: null, label: t('withdrawals.wholeStudy') });
  const [show, keep] = [isWithdrawn ? 'restore' : 'withdraw', isHeld ? 'release' : 'hold'] as const;
  return (
    <section className="panel study-verdict">
      <div>
        <StudyStates study={decided} />{' '}
        <span className="aside">{t('withdrawals.shownOf', { count: instances, shown: shownInstances })}</span>
        <p>{t(`withdrawals.stateHints.${stateOf(decided)}`)}</p>
        {isHeld && <p>{t('withdrawals.stateHints.held')}</p>}
      </div>
      <div className="study-acts">
        <Button type="primary" danger={!isWithdrawn} onClick={() => ask(show)}>
          {t(`withdrawals.titles.${show}`, { target: t('withdrawals.wholeStudy') })}
        </Button>
        <Button onClick={() => ask(keep)}>{t(`withdrawals.acts.${keep}`)}</Button>
      </div>
    </section>
  );
}
