import { ProblemNotice } from '@yinglian/web/browser';
import { Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';
import { useStatistics } from '../../features/statistics/api/read-statistics.js';
import { FigureList } from '../../features/statistics/components/figure-list.js';
import {
  type AccessFigures,
  everyMonth,
  monthsUntil,
  type Statistics,
} from '../../features/statistics/domain/statistics.js';
import '../statistics.css';

const PERIODS = [3, 12, 36] as const;

/** What happened in the province's months, counted: for auditors. */
export default function StatisticsPage() {
  const { t } = useTranslation();
  const [count, setCount] = useState<number>(12);
  const months = monthsUntil(new Date(), count);
  const statistics = useStatistics(months.at(0) ?? '', months.at(-1) ?? '');
  return (
    <div className="page wide">
      <div className="page-head">
        <h1>{t('nav.statistics')}</h1>
        <span className="spacer" />
        <Segmented
          value={count}
          onChange={setCount}
          options={PERIODS.map((value) => ({ value, label: t('statistics.months', { count: value }) }))}
        />
      </div>
      <p className="aside">{t('statistics.hint')}</p>
      {statistics.isError && <ProblemNotice error={statistics.error} onRetry={() => void statistics.refetch()} />}
      {statistics.isPending && <Skeleton active paragraph={{ rows: 10 }} className="panel" />}
      {statistics.data !== undefined && <Figures statistics={statistics.data} months={months} />}
    </div>
  );
}

function Figures({ statistics, months }: { readonly statistics: Statistics; readonly months: readonly string[] }) {
  const { t, i18n } = useTranslation();
  const hospitalName = useHospitalNames();
  const word = (key: string, otherwise: string) => (i18n.exists(key) ? t(key) : otherwise);
  const opened = (one: AccessFigures, label: string) => ({
    key: one.key,
    label,
    value: one.opened,
    aside: [
      ...(one.refused === 0 ? [] : [t('statistics.refused', { count: one.refused })]),
      ...(one.emergencies === 0 ? [] : [t('statistics.emergencies', { count: one.emergencies })]),
    ].join(' · '),
  });
  const { hospitals, purposes, codes, findings, verdicts } = statistics;
  return (
    <div className="statistics">
      <FigureList
        title={t('statistics.byMonth')}
        figures={everyMonth(months, statistics.months).map((one) => opened(one, one.key))}
      />
      <FigureList
        title={t('statistics.byHospital')}
        figures={hospitals
          .filter(isShown)
          .map((one) => opened(one, one.key === '' ? t('accesses.commission') : hospitalName(one.key)))}
      />
      <FigureList
        title={t('statistics.byPurpose')}
        figures={purposes.filter(isShown).map((one) => opened(one, word(`accesses.purposes.${one.key}`, one.key)))}
      />
      <FigureList
        title={t('statistics.byBasis')}
        figures={codes
          .filter((one) => one.opened > 0)
          .map(({ key, opened: value }) => ({ key, value, label: word(`accesses.bases.${key}`, key) }))}
      />
      <FigureList
        title={t('statistics.byRefusal')}
        figures={codes
          .filter(({ refused }) => refused > 0)
          .map(({ key, refused: value }) => ({ key, value, label: word(`accesses.refusals.${key}`, key) }))}
      />
      <FigureList
        title={t('statistics.byRule')}
        figures={findings.map(({ rule, found, ...settled }) => ({
          key: rule,
          label: word(`cases.rules.${rule}`, rule),
          value: found,
          aside: t('statistics.settled', settled),
        }))}
      />
      <FigureList
        title={t('statistics.byVerdict')}
        figures={verdicts.map(({ verdict, cases, medianDays }) => ({
          key: verdict ?? '',
          label: verdict === null ? t('statistics.undecided') : t(`cases.verdicts.${verdict}`),
          value: cases,
          ...(medianDays === null ? {} : { aside: t('statistics.days', { days: medianDays.toFixed(1) }) }),
        }))}
      />
    </div>
  );
}

/** Whoever only searches opens nothing and is refused nothing. */
const isShown = ({ opened, refused, emergencies }: AccessFigures) => opened + refused + emergencies > 0;
