import { ProblemNotice } from '@yinglian/web/browser';
import { Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDay } from '../api/read-day.js';
import type { NamedGap } from '../domain/report.js';
import { isFetchable } from '../domain/study-request.js';
import { FetchForm } from './fetch-form.js';
import { FetchStudy } from './fetch-study.js';
import { RequestList } from './request-list.js';

/** What is missing of one day of a hospital, and the way to fetch it from there. */
export function DayGaps({ hospital, day }: { hospital: string; day: string }) {
  const { t } = useTranslation();
  const gaps = useDay(hospital, day);
  if (gaps.isPending) return <Skeleton active />;
  if (gaps.isError) return <ProblemNotice error={gaps.error} onRetry={() => void gaps.refetch()} />;
  return (
    <div className="day-gaps">
      {gaps.data.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('completeness.noGapsOfDay')} />
      ) : (
        gaps.data.map((gap) => <DayGap key={gap.code} hospital={hospital} gap={gap} />)
      )}
      <h3>{t('fetching.title')}</h3>
      <FetchForm hospital={hospital} />
      <RequestList hospital={hospital} />
    </div>
  );
}

function DayGap({ hospital, gap: { code, count, studies } }: { hospital: string; gap: NamedGap }) {
  const { t } = useTranslation();
  return (
    <section>
      <strong>{t(`completeness.gaps.${code}.title`)}</strong> <span className="figures">{count}</span>
      <p className="aside">{t(`completeness.gaps.${code}.action`)}</p>
      {isFetchable(code) && studies.length > 0 && (
        <ul>
          {studies.map((studyInstanceUid) => (
            <FetchStudy key={studyInstanceUid} hospital={hospital} studyInstanceUid={studyInstanceUid} />
          ))}
        </ul>
      )}
    </section>
  );
}
