import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BackfillStatus } from '../../../../../src/backfill-studies/backfill-status.js';
import { useFormats } from '../../../time/formats.js';
import { useChangeBackfill } from '../api/change-backfill.js';
import { useBackfill } from '../api/read-backfill.js';

/** How far the province is filled from the hospital's PACS; nothing where the hospital has no backfill. */
export function BackfillSection() {
  const { t } = useTranslation();
  const shown = useBackfill();
  const backfill = shown.data?.backfill;
  if (backfill === undefined || backfill === null) return null;
  return (
    <section>
      <h2>
        {t('backfill.title')} <span className="aside figures">{backfill.pacs}</span>
      </h2>
      <BackfillPanel backfill={backfill} />
    </section>
  );
}

function BackfillPanel({ backfill }: { backfill: BackfillStatus }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const change = useChangeBackfill();
  const { days, daysLeft, studies, movedInstances, hoursLeft, isPaused } = backfill;
  const waiting = studies.waiting + studies.moving + studies.moved;
  const percent = days + daysLeft === 0 ? 100 : Math.floor((days / (days + daysLeft)) * 100);
  return (
    <div className="panel backfill">
      <Progress percent={percent} status={isPaused ? 'normal' : 'active'} />
      <p className="figures">
        {t('backfill.days', { done: number(days), left: number(daysLeft) })}
        {' · '}
        {t('backfill.studies', { done: number(studies.there), waiting: number(waiting) })}
        {' · '}
        {t('backfill.images', { count: movedInstances, number: number(movedInstances) })}
        {' · '}
        {isPaused
          ? t('backfill.paused')
          : hoursLeft === null
            ? t('backfill.resting')
            : t('backfill.hoursLeft', { count: hoursLeft })}
      </p>
      {studies.failed > 0 && <p className="is-bad">{t('backfill.failed', { count: studies.failed })}</p>}
      <div className="backfill-actions">
        <Button size="small" loading={change.isPending} onClick={() => change.mutate(isPaused ? 'go-on' : 'pause')}>
          {t(isPaused ? 'backfill.goOn' : 'backfill.pause')}
        </Button>
        {studies.failed > 0 && (
          <Button size="small" disabled={change.isPending} onClick={() => change.mutate('try-again')}>
            {t('backfill.tryAgain')}
          </Button>
        )}
      </div>
      {change.isError && <ProblemNotice error={change.error} />}
    </div>
  );
}
