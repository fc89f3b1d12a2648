import { Link } from '@tanstack/react-router';
import { ProblemNotice } from '@yinglian/web/browser';
import { Empty, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { MoreButton } from '../../../lists/more-button.js';
import { useCases } from '../api/cases.js';
import type { CaseState } from '../domain/audit-case.js';

/** The cases in a state, the newest first. */
export function CaseList({ state }: { readonly state: CaseState }) {
  const { t } = useTranslation();
  const found = useCases(state);
  if (found.isPending) return <Skeleton active paragraph={{ rows: 6 }} className="panel" />;
  if (found.isError) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  const items = found.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(`cases.none.${state}`)} className="panel" />;
  return (
    <>
      <ul className="panel rows">
        {items.map(({ caseId, title, origin, displayName, openedAt, verdict }) => (
          <li key={caseId}>
            <Link to="/cases/$caseId" params={{ caseId }} className="glass-row">
              <time className="figures aside" dateTime={openedAt}>
                {dayjs(openedAt).format('YYYY-MM-DD HH:mm')}
              </time>
              <span className="glass-who">
                <span>{title}</span>
                <span className="aside">{t(`cases.origins.${origin}`, { name: displayName })}</span>
              </span>
              <span className="glass-state">{verdict === null ? '' : t(`cases.verdicts.${verdict}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <MoreButton list={found} />
    </>
  );
}
