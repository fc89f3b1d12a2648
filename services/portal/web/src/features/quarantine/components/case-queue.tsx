import { ProblemNotice } from '@yinglian/web/browser';
import { Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { MoreButton } from '../../../lists/more-button.js';
import { type CaseFilter, useCases } from '../api/list-cases.js';
import { CaseRow } from './case-row.js';

export function CaseQueue({ filter, hospitalName }: { filter: CaseFilter; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  const cases = useCases(filter);
  if (cases.isPending) return <Skeleton active paragraph={{ rows: 6 }} className="panel" />;
  if (cases.isError) return <ProblemNotice error={cases.error} onRetry={() => void cases.refetch()} />;
  const all = cases.data.pages.flatMap((page) => page.cases);
  if (all.length === 0) {
    return (
      <Empty
        className="panel"
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={t(filter.state === 'open' ? 'quarantine.none' : 'quarantine.noneDecided')}
      >
        {filter.state === 'open' && <span className="aside">{t('quarantine.noneHint')}</span>}
      </Empty>
    );
  }
  return (
    <>
      <ul className="panel rows cases">
        {all.map((listed) => (
          <CaseRow key={listed.caseId} listed={listed} hospitalName={hospitalName} />
        ))}
      </ul>
      <MoreButton list={cases} />
    </>
  );
}
