import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useConflicts } from '../api/list-conflicts.js';
import { ConflictCard } from './conflict-card.js';

export function ConflictQueue(props: { state: 'open' | 'decided'; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  const conflicts = useConflicts(props.state);
  if (conflicts.isPending) return <Skeleton active paragraph={{ rows: 6 }} className="panel" />;
  if (conflicts.isError) return <ProblemNotice error={conflicts.error} onRetry={() => void conflicts.refetch()} />;
  const all = conflicts.data.pages.flatMap((page) => page.conflicts);
  if (all.length === 0) {
    return (
      <Empty
        className="panel"
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={t(props.state === 'open' ? 'conflicts.none' : 'conflicts.noneDecided')}
      >
        {props.state === 'open' && <span className="aside">{t('conflicts.noneHint')}</span>}
      </Empty>
    );
  }
  return (
    <>
      {all.map((conflict) => (
        <ConflictCard key={conflict.conflictId} conflict={conflict} hospitalName={props.hospitalName} />
      ))}
      {conflicts.hasNextPage && (
        <Button block loading={conflicts.isFetchingNextPage} onClick={() => void conflicts.fetchNextPage()}>
          {t('actions.more')}
        </Button>
      )}
    </>
  );
}
