import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Drawer, Segmented, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCompleteness } from '../../features/completeness/api/read-completeness.js';
import { CompletenessGrid } from '../../features/completeness/components/completeness-grid.js';
import { DayGaps } from '../../features/completeness/components/day-gaps.js';
import { GapList } from '../../features/completeness/components/gap-list.js';
import { Trend } from '../../features/completeness/components/trend.js';
import { daysUntil, rowsOf } from '../../features/completeness/domain/report.js';
import { DeadlineList } from '../../features/deadlines/components/deadline-list.js';
import { useHospitalNames, useHospitals } from '../../features/hospitals/api/list-hospitals.js';

const PERIODS = [7, 14, 30] as const;

export default function CompletenessPage() {
  const { t } = useTranslation();
  const [period, setPeriod] = useState<number>(7);
  const [isSetting, setSetting] = useState(false);
  const days = daysUntil(dayjs().format('YYYY-MM-DD'), period);
  return (
    <div className="page wide">
      <div className="page-head">
        <h1>{t('completeness.title')}</h1>
        <span className="spacer" />
        <Button onClick={() => setSetting(true)}>{t('deadlines.title')}</Button>
        <Segmented
          value={period}
          onChange={setPeriod}
          options={PERIODS.map((count) => ({ value: count, label: t('completeness.days', { count }) }))}
        />
      </div>
      <p className="aside">{t('completeness.hint')}</p>
      <Figures days={days} />
      <Drawer
        open={isSetting}
        onClose={() => setSetting(false)}
        destroyOnHidden
        size={420}
        title={t('deadlines.title')}
      >
        <DeadlineList />
      </Drawer>
    </div>
  );
}

function Figures({ days }: { days: readonly string[] }) {
  const { t } = useTranslation();
  const hospitals = useHospitals();
  const hospitalName = useHospitalNames();
  const [opened, setOpened] = useState<{ hospital: string; day: string } | null>(null);
  const figures = useCompleteness(days[0] ?? '', days.at(-1) ?? '');
  if (hospitals.isError) return <ProblemNotice error={hospitals.error} onRetry={() => void hospitals.refetch()} />;
  if (figures.isError) return <ProblemNotice error={figures.error} onRetry={() => void figures.refetch()} />;
  if (hospitals.isPending || figures.isPending) return <Skeleton active paragraph={{ rows: 8 }} className="panel" />;
  const codes = hospitals.data.map(({ code }) => code);
  const { reports, gaps, fewerThan } = figures.data;
  return (
    <>
      <Trend days={days} of={figures.data} hospitals={codes.length} />
      <CompletenessGrid
        rows={rowsOf(codes, days, figures.data)}
        fewerThan={fewerThan}
        days={days}
        hospitalName={hospitalName}
        onOpen={(hospital, day) => setOpened({ hospital, day })}
      />
      <h2>{t('completeness.causes')}</h2>
      <GapList gaps={gaps} isReported={reports.length > 0} fewerThan={fewerThan} />
      <Drawer
        open={opened !== null}
        onClose={() => setOpened(null)}
        destroyOnHidden
        size={560}
        title={opened && `${hospitalName(opened.hospital)} · ${opened.day}`}
      >
        {opened !== null && <DayGaps hospital={opened.hospital} day={opened.day} />}
      </Drawer>
    </>
  );
}
