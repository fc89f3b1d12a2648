import { ProblemNotice } from '@yinglian/web/browser';
import { Alert, Button } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDecideOnStudy } from '../api/decide-on-study.js';
import type { DecidedStudy } from '../domain/registered-study.js';
import { type StudyDecision, type Target, undoing } from '../domain/study-decision.js';
import { type Asking, DecideDialog } from './decide-dialog.js';
import { DecisionHistory } from './decision-history.js';
import { SeriesList } from './series-list.js';
import { StudyVerdict } from './study-verdict.js';

const UID_SHOWN = 12;

/** What holds of a study and its parts, what can be decided, and what was. */
export function DecideStudy({ studyInstanceUid, decided }: { studyInstanceUid: string; decided: DecidedStudy }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [done, setDone] = useState<Asking | null>(null);
  const undo = useDecideOnStudy(studyInstanceUid);
  const { study, decisions, isWithdrawn } = decided;
  const nameOf = ({ seriesInstanceUid, sopInstanceUid }: Target) => {
    if (seriesInstanceUid === null) return t('withdrawals.wholeStudy');
    const series = study?.series.find((each) => each.seriesInstanceUid === seriesInstanceUid);
    const number = series?.seriesNumber || '–';
    const instance = `…${sopInstanceUid?.slice(-UID_SHOWN)}`;
    return sopInstanceUid === null
      ? t('withdrawals.series', { number })
      : t('withdrawals.instance', { number, instance });
  };
  const takeBack = (made: Asking | StudyDecision) => {
    const last = decisions.at(-1);
    const at = 'decidedAt' in made ? made.decidedAt : last?.decidedAt;
    const asked = undoing(made, decisions);
    const label = 'label' in made ? made.label : nameOf(made);
    undo.mutate(
      { ...asked, note: t('withdrawals.undoNote', { at: dayjs(at).format('YYYY-MM-DD HH:mm') }) },
      { onSuccess: () => setDone({ ...asked, label }) },
    );
  };
  const ask = (wanted: Asking) => {
    setDone(null);
    undo.reset();
    setAsking(wanted);
  };
  return (
    <>
      <div role="status" className="just-decided">
        {done !== null && (
          <Alert
            type="success"
            showIcon
            title={`${t(`withdrawals.done.${done.decision}`)} · ${done.label}`}
            action={
              <Button size="small" loading={undo.isPending} onClick={() => takeBack(done)}>
                {t('withdrawals.undo')}
              </Button>
            }
          />
        )}
      </div>
      {undo.isError && <ProblemNotice error={undo.error} />}
      <StudyVerdict decided={decided} onAsk={ask} />
      {study !== null && (
        <SeriesList
          studyInstanceUid={studyInstanceUid}
          series={study.series}
          isStudyWithdrawn={isWithdrawn}
          onAsk={ask}
        />
      )}
      <DecisionHistory decisions={decisions} isUndoing={undo.isPending} nameOf={nameOf} onUndo={takeBack} />
      {asking !== null && (
        <DecideDialog
          studyInstanceUid={studyInstanceUid}
          asking={asking}
          onDone={(made) => {
            setAsking(null);
            setDone(made);
          }}
          onCancel={() => setAsking(null)}
        />
      )}
    </>
  );
}
