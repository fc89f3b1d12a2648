import { Empty, Pagination, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DayReport, gradeOf, type HospitalRow, percentOf } from '../domain/report.js';
import { useTold } from './use-told.js';

const HOSPITALS_A_PAGE = 50;

/** Hospitals by days. */
export function CompletenessGrid({
  rows,
  days,
  hospitalName,
  fewerThan,
  onOpen,
}: {
  rows: readonly HospitalRow[];
  days: readonly string[];
  hospitalName: (code: string) => string;
  /** What is not told is of so few. */
  fewerThan: number;
  onOpen: (hospital: string, day: string) => void;
}) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  if (rows.length === 0) {
    return <Empty className="panel" image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('completeness.noHospitals')} />;
  }
  return (
    <section className="panel completeness-grid">
      <table>
        <caption className="visually-hidden">{t('completeness.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('completeness.hospital')}</th>
            <th scope="col">{t('completeness.period')}</th>
            {days.map((day) => (
              <th key={day} scope="col" className="figures">
                {day.slice(5)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice((page - 1) * HOSPITALS_A_PAGE, page * HOSPITALS_A_PAGE).map((row) => (
            <tr key={row.hospital}>
              <th scope="row">
                {hospitalName(row.hospital)} <span className="aside figures">{row.hospital}</span>
              </th>
              <td className="figures">{percentOf(row.rate)}</td>
              {row.days.map((report, at) => (
                <DayCell key={days[at]} report={report} fewerThan={fewerThan} onOpen={onOpen} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > HOSPITALS_A_PAGE && (
        <Pagination
          current={page}
          pageSize={HOSPITALS_A_PAGE}
          total={rows.length}
          showSizeChanger={false}
          onChange={setPage}
        />
      )}
    </section>
  );
}

interface DayCellProps extends Pick<Parameters<typeof CompletenessGrid>[0], 'fewerThan' | 'onOpen'> {
  readonly report: DayReport | undefined;
}

function DayCell({ report, fewerThan, onOpen }: DayCellProps) {
  const { t } = useTranslation();
  const told = useTold(fewerThan);
  if (report === undefined) {
    return (
      <td className="day is-silent" title={t('completeness.silent')}>
        <span aria-hidden>×</span>
        <span className="visually-hidden">{t('completeness.silent')}</span>
      </td>
    );
  }
  const { rate, deadlines, studies } = report;
  const [met, late, due, overdue] = [deadlines.met, deadlines.late, deadlines.due, deadlines.overdue].map(told);
  const gaps = report.gaps.map(({ code, count }) => `${t(`completeness.gaps.${code}.title`)} ${told(count)}`);
  const title = [
    t('completeness.figures', { met, late, due, overdue, studies: told(studies) }),
    ...gaps,
    ...(report.isVerified ? [] : [t('completeness.unverified')]),
  ];
  return (
    <td className={`day figures is-${gradeOf(rate)}`}>
      <Tooltip title={<span className="lines">{title.join('\n')}</span>}>
        <button
          type="button"
          aria-label={title.join(' · ')}
          aria-haspopup="dialog"
          onClick={() => onOpen(report.hospital, report.day)}
        >
          {percentOf(rate)}
          {!report.isVerified && <sup>?</sup>}
        </button>
      </Tooltip>
    </td>
  );
}
