import { ProblemNotice } from '@yinglian/web/browser';
import { Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { MoreButton } from '../../../lists/more-button.js';
import { type AccessFilter, useAccesses } from '../api/list-accesses.js';
import { AccessRow } from './access-row.js';

interface Props {
  readonly filter: AccessFilter;
  readonly hospitalName: (code: string) => string;
  onNarrow(to: Pick<AccessFilter, 'actor' | 'personId'>): void;
  readonly picked?: ReadonlySet<string>;
  onPick?(accessId: string): void;
}

/** Who saw what, newest first, a page at a time. */
export function AccessList({ filter, hospitalName, onNarrow, picked, onPick }: Props) {
  const { t } = useTranslation();
  const accesses = useAccesses(filter);
  if (accesses.isPending) return <Skeleton active paragraph={{ rows: 8 }} className="panel" />;
  if (accesses.isError) return <ProblemNotice error={accesses.error} onRetry={() => void accesses.refetch()} />;
  const items = accesses.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('accesses.none')} className="panel">
        <span className="aside">{t('accesses.noneHint')}</span>
      </Empty>
    );
  }
  return (
    <>
      <ul className="panel rows accesses">
        {items.map((access) => (
          <AccessRow
            key={`${access.accessId}/${access.at}`}
            access={access}
            hospitalName={hospitalName}
            onNarrow={onNarrow}
            {...(onPick === undefined ? {} : { picked: picked?.has(access.accessId) ?? false, onPick })}
          />
        ))}
      </ul>
      <MoreButton list={accesses} />
    </>
  );
}
