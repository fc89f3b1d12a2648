import { Link } from '@tanstack/react-router';
import { ProblemNotice } from '@yinglian/web/browser';
import { Empty, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { MoreButton } from '../../../lists/more-button.js';
import { type GlassList as ListName, useGlassList } from '../api/review-glass.js';
import { type Glass, lasts } from '../domain/glass.js';

interface Props {
  readonly list: ListName;
  readonly hospitalName: (code: string) => string;
}

/** What waits for the auditors' verdict, or has one. */
export function GlassList({ list, hospitalName }: Props) {
  const { t } = useTranslation();
  const found = useGlassList(list);
  if (found.isPending) return <Skeleton active paragraph={{ rows: 6 }} className="panel" />;
  if (found.isError) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  const items = found.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(`glass.none.${list}`)} className="panel" />;
  }
  return (
    <>
      <ul className="panel rows">
        {items.map((glass) => (
          <GlassRow key={glass.breakGlassId} glass={glass} hospitalName={hospitalName} />
        ))}
      </ul>
      <MoreButton list={found} />
    </>
  );
}

function GlassRow({ glass, hospitalName }: { glass: Glass; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  const { breakGlassId, actor, kind, reason, openedAt } = glass;
  return (
    <li>
      <Link to="/emergencies/$breakGlassId" params={{ breakGlassId }} className="glass-row">
        <time className="figures aside" dateTime={openedAt}>
          {dayjs(openedAt).format('YYYY-MM-DD HH:mm')}
        </time>
        <span className="glass-who">
          <span>
            {actor.displayName} <span className="aside">{hospitalName(actor.hospital)}</span>
          </span>
          <span>
            {t(`glass.kinds.${kind}`)} <span className="aside">{reason}</span>
          </span>
        </span>
        <GlassState glass={glass} />
      </Link>
    </li>
  );
}

/** Where it stands: it lasts, waits, is overdue, or has a verdict. */
export function GlassState({ glass }: { glass: Glass }) {
  const { t } = useTranslation();
  const due = dayjs(glass.reviewDueAt).subtract(1, 'minute').format('MM-DD');
  if (glass.reviewedAt !== null) return <span className="glass-state is-reviewed">{t('glass.states.reviewed')}</span>;
  if (glass.isOverdue) return <span className="glass-state is-overdue">{t('glass.states.overdue', { due })}</span>;
  if (lasts(glass, Date.now())) return <span className="glass-state is-lasting">{t('glass.states.lasts')}</span>;
  return <span className="glass-state">{t('glass.states.waiting', { due })}</span>;
}
