import { Button } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { type StudyDecision, stands, type Target } from '../domain/study-decision.js';
import { Outcome } from './outcome.js';

interface Props {
  readonly decisions: readonly StudyDecision[];
  readonly isUndoing: boolean;
  nameOf(target: Target): string;
  onUndo(made: StudyDecision): void;
}

/** Every decision about the study, newest first: who, when, about what, why; and the way back from a withdrawal or hold that stands. */
export function DecisionHistory({ decisions, isUndoing, nameOf, onUndo }: Props) {
  const { t } = useTranslation();
  return (
    <section className="decision-history">
      <h2>{t('withdrawals.history')}</h2>
      {decisions.length === 0 && <p className="panel aside">{t('withdrawals.noHistory')}</p>}
      {decisions.length > 0 && (
        <ol className="panel rows">
          {decisions.toReversed().map((made) => (
            <Past key={made.number} made={made} name={nameOf(made)} stands={stands(made, decisions)}>
              {(made.decision === 'withdraw' || made.decision === 'hold') && (
                <Button disabled={isUndoing} onClick={() => onUndo(made)}>
                  {t('withdrawals.undo')}
                </Button>
              )}
            </Past>
          ))}
        </ol>
      )}
    </section>
  );
}

interface PastProps {
  readonly made: StudyDecision;
  readonly name: string;
  readonly stands: boolean;
  readonly children: React.ReactNode;
}

function Past({ made, name, stands, children }: PastProps) {
  const { t } = useTranslation();
  const { decision, reason, note, decidedByName, decidedAt } = made;
  return (
    <li className={stands ? 'past' : 'past is-undone'}>
      <span className="past-what">
        <span className="tags">
          <Outcome decision={decision} />
          <strong>{name}</strong>
          {!stands && <span className="aside">{t('withdrawals.undone')}</span>}
        </span>
        <span>
          {reason !== null && (
            <>
              {t(`withdrawals.reasons.${reason}`)} <span className="fine-print">DCM {reason}</span> ·{' '}
            </>
          )}
          {note}
        </span>
        <span className="aside figures">
          {t('conflicts.decidedBy', { name: decidedByName, at: dayjs(decidedAt).format('YYYY-MM-DD HH:mm') })} ·{' '}
          {t('withdrawals.images', { count: made.instances })}
        </span>
      </span>
      {stands && children}
    </li>
  );
}
