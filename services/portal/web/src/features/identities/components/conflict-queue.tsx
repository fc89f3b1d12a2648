import { ProblemNotice } from '@yinglian/web/browser';
import { Empty, Skeleton } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { MoreButton } from '../../../lists/more-button.js';
import type { useConflicts } from '../api/list-conflicts.js';
import type { ListedConflict, QueueState } from '../domain/conflict.js';
import { ConflictRow } from './conflict-row.js';

interface Props {
  readonly conflicts: ReturnType<typeof useConflicts>;
  readonly state: QueueState;
  readonly isFiltered: boolean;
  readonly shownId: string | null;
  readonly hospitalName: (code: string) => string;
  onShow(conflict: ListedConflict): void;
}

/** The questions that wait, the most urgent first. */
export function ConflictQueue({ conflicts, state, isFiltered, shownId, hospitalName, onShow }: Props) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shown row changes the list's content, not its code
  useEffect(() => {
    list.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' });
  }, [shownId]);
  if (conflicts.isPending) return <Skeleton active paragraph={{ rows: 8 }} className="panel" />;
  if (conflicts.isError) return <ProblemNotice error={conflicts.error} onRetry={() => void conflicts.refetch()} />;
  const all = conflicts.data.pages.flatMap((page) => page.conflicts);
  if (all.length === 0) {
    return (
      <Empty
        className="panel"
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={t(isFiltered ? 'desk.noneFiltered' : `desk.none.${state}`)}
      >
        {state === 'open' && !isFiltered && <span className="aside">{t('conflicts.noneHint')}</span>}
      </Empty>
    );
  }
  return (
    <>
      <ul className="panel rows queue" ref={list}>
        {all.map((listed) => (
          <ConflictRow
            key={listed.conflictId}
            listed={listed}
            isShown={listed.conflictId === shownId}
            hospitalName={hospitalName}
            onShow={() => onShow(listed)}
          />
        ))}
      </ul>
      <MoreButton list={conflicts} />
    </>
  );
}
