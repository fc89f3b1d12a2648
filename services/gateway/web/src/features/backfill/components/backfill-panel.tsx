import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BackfillStatus } from '../../../../../src/backfill-studies/backfill-status.js';
import { useChangeBackfill } from '../api/change-backfill.js';
import { clockHours } from '../domain/clock-hours.js';
import { BackfillFigures } from './backfill-figures.js';
import { FailedStudies } from './failed-studies.js';

export function BackfillPanel({ backfill }: { backfill: BackfillStatus }) {
  const { t } = useTranslation();
  const change = useChangeBackfill();
  const { standing, percent, windows, incompleteDays, studies } = backfill;
  const isPaused = standing === 'paused';
  const isAnythingFailed = studies.failed > 0 || incompleteDays > 0;
  return (
    <div className="panel backfill">
      <p>
        <strong>{t(`backfill.standings.${standing}`)}</strong>{' '}
        {windows.length > 0 && (
          <span className="aside figures">{t('backfill.hours', { hours: clockHours(windows) })}</span>
        )}
      </p>
      <Progress
        percent={percent}
        status={standing === 'running' ? 'active' : 'normal'}
        aria-label={t('backfill.title')}
      />
      <BackfillFigures backfill={backfill} />
      {incompleteDays > 0 && <p className="is-bad">{t('backfill.incompleteDays', { count: incompleteDays })}</p>}
      <FailedStudies backfill={backfill} />
      <div className="backfill-actions">
        {standing !== 'done' && (
          <Button size="small" loading={change.isPending} onClick={() => change.mutate(isPaused ? 'go-on' : 'pause')}>
            {t(isPaused ? 'backfill.goOn' : 'backfill.pause')}
          </Button>
        )}
        {isAnythingFailed && (
          <Button size="small" disabled={change.isPending} onClick={() => change.mutate('try-again')}>
            {t('backfill.tryAgain')}
          </Button>
        )}
      </div>
      {change.isError && <ProblemNotice error={change.error} />}
    </div>
  );
}
