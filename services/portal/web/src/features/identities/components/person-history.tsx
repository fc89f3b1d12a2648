import { Link } from '@tanstack/react-router';
import { ProblemNotice } from '@yinglian/web/browser';
import { App, Button, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHistory } from '../api/read-identity.js';
import { keyOf } from '../domain/conflict.js';
import { type PastDecision, shortId } from '../domain/history.js';
import { UndoDialog } from './undo-dialog.js';

/** Everything that was decided about a person: who, when, why, between whom; and the way back. */
export function PersonHistory({
  personId,
  hospitalName,
}: {
  personId: string;
  hospitalName: (code: string) => string;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const history = useHistory(personId);
  const [undoing, setUndoing] = useState<string | null>(null);
  if (history.isPending) return <Skeleton active paragraph={{ rows: 3 }} className="panel" />;
  if (history.isError) return <ProblemNotice error={history.error} onRetry={() => void history.refetch()} />;
  const { decisions } = history.data;
  return (
    <section className="person-history">
      <h2>{t('desk.history')}</h2>
      {decisions.length === 0 && <p className="panel aside">{t('desk.noHistory')}</p>}
      {decisions.length > 0 && (
        <ol className="panel rows">
          {decisions.map((decision) => (
            <Past
              key={decision.decisionId}
              decision={decision}
              personId={personId}
              hospitalName={hospitalName}
              onUndo={() => setUndoing(decision.decisionId)}
            />
          ))}
        </ol>
      )}
      <UndoDialog
        decisionId={undoing}
        onDone={() => {
          setUndoing(null);
          void message.success(t('desk.undoDone'));
        }}
        onCancel={() => setUndoing(null)}
      />
    </section>
  );
}

interface PastProps {
  readonly decision: PastDecision;
  readonly personId: string;
  readonly hospitalName: (code: string) => string;
  onUndo(): void;
}

function Past({ decision, personId, hospitalName, onUndo }: PastProps) {
  const { t } = useTranslation();
  const { kind, reason, madeBy, madeByName, madeAt, note, personIds, patients, withdrawnAt } = decision;
  const stands = withdrawnAt === null;
  const maker = { STRONG_ID: t('desk.byRule'), HOSPITAL: hospitalName(madeBy), STEWARD: madeByName }[reason];
  return (
    <li className={stands ? 'past' : 'past is-withdrawn'}>
      <span className="past-what">
        <span className={kind === 'keep-apart' || kind === 'split' ? 'outcome' : 'outcome is-permit'}>
          {t(`desk.past.${kind}`)}
        </span>
        <span className="facts">
          {patients.map((patient) => (
            <span key={keyOf(patient)} className="patient-key">
              {hospitalName(patient.hospital)} <span className="figures aside">{patient.id}</span>
            </span>
          ))}
          <span className="past-between">
            {personIds.map((id, at) => (
              <span key={id}>
                {at > 0 && (kind === 'keep-apart' ? ' ≠ ' : ' → ')}
                {id === personId ? (
                  t('desk.thisPerson')
                ) : (
                  <Link to="/people/$personId" params={{ personId: id }} className="figures">
                    {shortId(id)}
                  </Link>
                )}
              </span>
            ))}
          </span>
        </span>
        {note !== '' && <span>{note}</span>}
        <span className="aside figures">
          {maker} {dayjs(madeAt).format('YYYY-MM-DD HH:mm')}
        </span>
        {!stands && (
          <span className="withdrawn">
            <span className="outcome is-waiting">{t('desk.withdrawn')}</span> {decision.withdrawnNote}{' '}
            <span className="aside figures">
              {decision.withdrawnByName} {dayjs(withdrawnAt).format('YYYY-MM-DD HH:mm')}
            </span>
          </span>
        )}
      </span>
      {stands && <Button onClick={onUndo}>{t('desk.acts.undo')}</Button>}
    </li>
  );
}
