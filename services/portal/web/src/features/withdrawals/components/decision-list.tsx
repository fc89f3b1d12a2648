import { ProblemNotice } from '@yinglian/web/browser';
import { Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { MoreButton } from '../../../lists/more-button.js';
import { type DecisionFilter, useDecisions } from '../api/list-decisions.js';
import { DecisionRow } from './decision-row.js';

interface Props {
  readonly filter: DecisionFilter;
  readonly hospitalName: (code: string) => string;
}

/** What was decided lately, newest first. */
export function DecisionList({ filter, hospitalName }: Props) {
  const { t } = useTranslation();
  const decisions = useDecisions(filter);
  if (decisions.isPending) return <Skeleton active paragraph={{ rows: 5 }} className="panel" />;
  if (decisions.isError) return <ProblemNotice error={decisions.error} onRetry={() => void decisions.refetch()} />;
  const all = decisions.data.pages.flatMap((page) => page.decisions);
  if (all.length === 0) {
    const isFiltered = filter.decision !== undefined || filter.hospital !== undefined;
    return (
      <Empty
        className="panel"
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={t(isFiltered ? 'withdrawals.noneOfFilter' : 'withdrawals.none')}
      >
        {!isFiltered && <span className="aside">{t('withdrawals.noneHint')}</span>}
      </Empty>
    );
  }
  return (
    <>
      <ul className="panel rows decisions">
        {all.map((made) => (
          <DecisionRow key={`${made.studyInstanceUid} ${made.number}`} made={made} hospitalName={hospitalName} />
        ))}
      </ul>
      <MoreButton list={decisions} />
    </>
  );
}
