import { ProblemNotice } from '@yinglian/web/browser';
import { Alert, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useWeighedDisposal } from '../api/read-disposal.js';
import { RetentionBasis } from './retention-basis.js';

/** What the hospital confirmed, on what that rests now, and what keeps the study again, if anything does. */
export function WhatWasConfirmed({ disposalId }: { disposalId: number }) {
  const { t } = useTranslation();
  const weighed = useWeighedDisposal(disposalId);
  if (weighed.isPending) return <Skeleton active paragraph={{ rows: 2 }} />;
  if (weighed.isError) return <ProblemNotice error={weighed.error} onRetry={() => void weighed.refetch()} />;
  const { confirmedByName, confirmedAt, note, obstacle, retention, rules } = weighed.data;
  return (
    <>
      {obstacle !== null && <Alert type="warning" showIcon title={t(`problems.STUDY_IS_KEPT_${obstacle}`)} />}
      {retention !== null && (
        <p>
          <RetentionBasis ended={retention} rules={rules} />
        </p>
      )}
      <p>
        {note}{' '}
        <span className="aside figures">
          {t('disposals.confirmedBy', {
            name: confirmedByName,
            at: dayjs(confirmedAt).format('YYYY-MM-DD HH:mm'),
          })}
        </span>
      </p>
    </>
  );
}
