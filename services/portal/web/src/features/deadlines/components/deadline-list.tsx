import { ProblemNotice } from '@yinglian/web/browser';
import { Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useDeadlines } from '../api/deadlines.js';
import { DeadlineForm } from './deadline-form.js';

/** A new province begins with these; no norm is behind them. */
const PRESET = 'PRESET';

/** What holds, what held, and a form for what shall hold. */
export function DeadlineList() {
  const { t } = useTranslation();
  const deadlines = useDeadlines();
  if (deadlines.isPending) return <Skeleton active />;
  if (deadlines.isError) return <ProblemNotice error={deadlines.error} onRetry={() => void deadlines.refetch()} />;
  return (
    <>
      <ul className="rows deadlines">
        {[...deadlines.data].reverse().map((deadline) => (
          <li key={`${deadline.priority} ${deadline.validFrom}`}>
            <strong>
              {t(`deadlines.priorities.${deadline.priority}`)} {t('deadlines.within', { count: deadline.minutes })}
            </strong>{' '}
            <span className="figures">{t('deadlines.from', { day: deadline.validFrom })}</span>
            <div className="aside">
              {deadline.source === PRESET ? t('deadlines.preset') : deadline.source}
              {deadline.changedBy !== null &&
                ` · ${deadline.changedBy} ${dayjs(deadline.changedAt).format('YYYY-MM-DD HH:mm')}`}
            </div>
          </li>
        ))}
      </ul>
      <DeadlineForm />
    </>
  );
}
