import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDisposals } from '../api/list-disposals.js';
import type { RetentionRule } from '../domain/disposal.js';
import { DisposalRow } from './disposal-row.js';

/** What a hospital's retention keeps no more, with the rules by which that was computed. */
export function DisposalList({ hospital }: { hospital: string }) {
  const { t } = useTranslation();
  const disposals = useDisposals(hospital);
  if (disposals.isPending) return <Skeleton active paragraph={{ rows: 5 }} className="panel" />;
  if (disposals.isError) return <ProblemNotice error={disposals.error} onRetry={() => void disposals.refetch()} />;
  const { pages } = disposals.data;
  const all = pages.flatMap((page) => page.proposals);
  const held = pages.reduce((sum, page) => sum + page.held, 0);
  const rules = pages[0]?.rules ?? [];
  return (
    <>
      <Rules rules={rules} />
      {all.length === 0 ? (
        <Empty
          className="panel"
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t(`withdrawals.disposals.${disposals.hasNextPage ? 'noneOfPage' : 'none'}`)}
        />
      ) : (
        <ul className="panel rows disposals">
          {all.map((disposal) => (
            <DisposalRow key={disposal.studyInstanceUid} disposal={disposal} rules={rules} />
          ))}
        </ul>
      )}
      {held > 0 && <p className="aside">{t('withdrawals.disposals.held', { count: held })}</p>}
      {disposals.hasNextPage && (
        <Button block loading={disposals.isFetchingNextPage} onClick={() => void disposals.fetchNextPage()}>
          {t('withdrawals.disposals.more')}
        </Button>
      )}
    </>
  );
}

function Rules({ rules }: { rules: readonly RetentionRule[] }) {
  const { t } = useTranslation();
  return (
    <p className="aside retention">
      {t('withdrawals.disposals.hint')}{' '}
      <span className="facts">
        <span>{t('withdrawals.disposals.rules')}</span>
        {rules.map(({ patientClass, years, source }) => (
          <span key={patientClass} title={source}>
            {t('withdrawals.disposals.rule', {
              patientClass: t(`withdrawals.disposals.classes.${patientClass}`),
              years,
            })}
          </span>
        ))}
      </span>
    </p>
  );
}
