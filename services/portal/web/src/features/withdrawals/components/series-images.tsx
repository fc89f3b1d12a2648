import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSeriesInstances } from '../api/read-study.js';
import type { RegisteredInstance, RegisteredSeries } from '../domain/registered-study.js';
import type { Asking } from './decide-dialog.js';

interface Props {
  readonly studyInstanceUid: string;
  readonly series: RegisteredSeries;
  readonly mayWithdraw: boolean;
  onAsk(asking: Asking): void;
}

/** Images by their numbers, without a picture: one to withdraw, and those that are withdrawn. */
export function SeriesImages({ studyInstanceUid, series, mayWithdraw, onAsk }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const { seriesInstanceUid, seriesNumber } = series;
  const instances = useSeriesInstances(studyInstanceUid, seriesInstanceUid);
  if (instances.isPending) return <Skeleton active title={false} paragraph={{ rows: 1 }} />;
  if (instances.isError) return <ProblemNotice error={instances.error} onRetry={() => void instances.refetch()} />;
  const shown = instances.data.filter(({ isWithdrawn }) => !isWithdrawn);
  const nameOf = ({ instanceNumber, sopInstanceUid }: RegisteredInstance) =>
    `${instanceNumber === '' ? t('withdrawals.noNumber') : t('withdrawals.instanceOf', { instance: instanceNumber })} · …${sopInstanceUid.slice(-12)}`;
  const ask = (decision: 'withdraw' | 'restore', { sopInstanceUid, instanceNumber }: RegisteredInstance) =>
    onAsk({
      decision,
      seriesInstanceUid,
      sopInstanceUid,
      reason: null,
      label: t('withdrawals.instance', { number: seriesNumber || '–', instance: instanceNumber || '–' }),
    });
  const one = shown.find(({ sopInstanceUid }) => sopInstanceUid === chosen);
  return (
    <div className="images-of-series">
      {mayWithdraw && shown.length > 0 && (
        <div className="choose-image">
          <Select
            // By the number alone: the digits of a UID would offer another image for it.
            showSearch={{ filterOption: (typed, option) => option?.number.startsWith(typed.trim()) === true }}
            value={one?.sopInstanceUid ?? null}
            placeholder={t('withdrawals.chooseImage')}
            aria-label={t('withdrawals.chooseImage')}
            options={shown.map((each) => ({
              value: each.sopInstanceUid,
              label: nameOf(each),
              number: each.instanceNumber,
            }))}
            onChange={setChosen}
          />
          <Button disabled={one === undefined} onClick={() => one !== undefined && ask('withdraw', one)}>
            {t('withdrawals.acts.withdraw')}
          </Button>
        </div>
      )}
      <ul>
        {instances.data
          .filter(({ isWithdrawn }) => isWithdrawn)
          .map((each) => (
            <li key={each.sopInstanceUid}>
              <span className="figures">{nameOf(each)}</span>
              <span className="outcome is-deny">{t('withdrawals.states.withdrawn')}</span>
              <Button size="small" onClick={() => ask('restore', each)}>
                {t('withdrawals.acts.restore')}
              </Button>
            </li>
          ))}
      </ul>
    </div>
  );
}
