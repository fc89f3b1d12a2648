import { ProblemNotice } from '@yinglian/web/browser';
import { Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { useConflict } from '../api/show-conflict.js';
import type { Conflict, Question } from '../domain/conflict.js';
import { riskLevel } from '../domain/risk-level.js';
import { EvidencePanel } from './evidence-panel.js';
import { QuestionsPanel } from './questions-panel.js';
import { SideBySide } from './side-by-side.js';
import { StudiesPanel } from './studies-panel.js';

interface Props {
  readonly conflict: ReturnType<typeof useConflict>;
  readonly hospitalName: (code: string) => string;
  onAnswer(question: Question): void;
}

/** One question to the steward with everything that may answer it. */
export function ShownConflict({ conflict, hospitalName, onAnswer }: Props) {
  const { t } = useTranslation();
  if (conflict.isPending) return <Skeleton active paragraph={{ rows: 10 }} className="panel" />;
  if (conflict.data === undefined)
    return <ProblemNotice error={conflict.error} onRetry={() => void conflict.refetch()} />;
  const shown = conflict.data;
  const { personId, otherPersonId } = shown;
  return (
    <>
      <ConflictHead shown={shown} />
      <QuestionsPanel questions={shown.questions} hospitalName={hospitalName} onAnswer={onAnswer} />
      <SideBySide shown={shown} hospitalName={hospitalName} />
      <EvidencePanel records={shown.records} hospitalName={hospitalName} />
      <div className="studies-of-both">
        <StudiesPanel title={t('desk.studiesOfAsked')} personId={personId} hospitalName={hospitalName} />
        {otherPersonId !== null && otherPersonId !== personId && (
          <StudiesPanel title={t('desk.studiesOfOther')} personId={otherPersonId} hospitalName={hospitalName} />
        )}
      </div>
    </>
  );
}

function ConflictHead({ shown }: { shown: Conflict }) {
  const { t } = useTranslation();
  const { kind, risk, idNumberMasked, openedAt, decision } = shown;
  const level = riskLevel(risk);
  return (
    <header className="conflict-head">
      <h2>{t(`conflicts.kinds.${kind}`)}</h2>
      <span className="facts">
        <span className={`risk-word is-${level}`}>{t(`desk.risks.${level}`)}</span>
        {idNumberMasked !== null && <span className="figures">{idNumberMasked}</span>}
        <time className="aside figures" dateTime={openedAt}>
          {t('desk.since', { at: dayjs(openedAt).format('YYYY-MM-DD HH:mm') })}
        </time>
      </span>
      <p className="aside">{t(`desk.why.${kind}`)}</p>
      {decision !== null && (
        <p className="decision">
          <span className={decision.decision === 'link' ? 'outcome is-permit' : 'outcome'}>
            {t(decision.decision === 'link' ? 'conflicts.linked' : 'conflicts.keptApart')}
          </span>{' '}
          {decision.note}{' '}
          <span className="aside">
            {t('conflicts.decidedBy', {
              name: decision.decidedByName,
              at: dayjs(decision.decidedAt).format('YYYY-MM-DD HH:mm'),
            })}
          </span>
        </p>
      )}
    </header>
  );
}
