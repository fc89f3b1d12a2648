import { ProblemNotice } from '@yinglian/web/browser';
import { Drawer, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWorkload } from '../api/read-workload.js';
import { duration, openCounts, type Workload } from '../domain/workload.js';

/** What waits, and what was done in the last days. */
export function WorkloadDrawer({ open, onClose }: { open: boolean; onClose(): void }) {
  const { t } = useTranslation();
  const workload = useWorkload();
  return (
    <Drawer open={open} onClose={onClose} title={t('desk.workload')} size={480}>
      {workload.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {workload.isError && <ProblemNotice error={workload.error} onRetry={() => void workload.refetch()} />}
      {workload.data !== undefined && <Figures workload={workload.data} />}
    </Drawer>
  );
}

function Figures({ workload }: { workload: Workload }) {
  const { t } = useTranslation();
  const { open, waiting } = openCounts(workload);
  const { days, decided, medianSeconds, withdrawn } = workload;
  const median = medianSeconds === null ? null : duration(medianSeconds);
  const decisions = decided.reduce((sum, one) => sum + one.decisions, 0);
  const most = Math.max(...decided.map((one) => one.decisions), 1);
  return (
    <div className="workload">
      <dl className="workload-sums">
        <Sum label={t('conflicts.open')} value={open} />
        <Sum label={t('desk.waiting')} value={waiting} />
        <Sum label={t('desk.decidedIn', { count: days })} value={decisions} />
        <Sum label={t('desk.median')} value={median === null ? '–' : t(`desk.units.${median.unit}`, median)} />
        <Sum label={t('desk.undone')} value={withdrawn} />
      </dl>
      <h3>{t('desk.openByKind')}</h3>
      <table className="workload-kinds">
        <thead>
          <tr>
            <td />
            {(['today', 'week', 'older', 'waiting'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`desk.ages.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {workload.open.map((row) => (
            <tr key={row.kind}>
              <th scope="row">{t(`desk.kinds.${row.kind}`)}</th>
              {([row.today, row.week, row.older, row.waiting] as const).map((count, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are
                <td key={at} className={count === 0 ? 'figures aside' : 'figures'}>
                  {count}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{t('desk.byDay')}</h3>
      {decided.length === 0 && <p className="aside">{t('desk.nothingDecided')}</p>}
      <ul className="workload-days">
        {decided.map(({ day, steward, decisions: count }) => (
          <li key={`${day}/${steward}`}>
            <span className="figures">{day.slice(5)}</span>
            <span>{steward}</span>
            <span className="balance" aria-hidden>
              <span style={{ width: `${(count / most) * 100}%` }} />
            </span>
            <span className="figures">{count}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const Sum = ({ label, value }: { label: string; value: number | string }) => (
  <div>
    <dt>{label}</dt>
    <dd className="figures">{value}</dd>
  </div>
);
