import { ProblemNotice } from '@yinglian/web/browser';
import { Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { type StudyClue, useFoundStudies } from '../api/find-studies.js';
import { StudyRow } from './study-row.js';

/** The studies of a number, whether they are shown to clinicians or not. */
export function FoundStudies({ clue, hospitalName }: { clue: StudyClue; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  const found = useFoundStudies(clue);
  if (found.isPending) return <Skeleton active paragraph={{ rows: 2 }} className="panel" />;
  if (found.isError) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  const { studies, isMore } = found.data;
  if (studies.length === 0) {
    return (
      <Empty className="panel" image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('withdrawals.noneFound')}>
        <span className="aside">{t('withdrawals.noneFoundHint')}</span>
      </Empty>
    );
  }
  return (
    <section aria-live="polite">
      <div className="list-head">
        {t(isMore ? 'withdrawals.foundMore' : 'withdrawals.found', { count: studies.length })}
      </div>
      <ul className="panel rows">
        {studies.map((study) => (
          <StudyRow key={study.studyInstanceUid} study={study} hospitalName={hospitalName} />
        ))}
      </ul>
    </section>
  );
}
