import { Button, DatePicker, Popconfirm } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  /** What it is about, as the question names it. */
  readonly about: string;
  readonly closed: boolean;
  readonly disabled: boolean;
  readonly loading: boolean;
  /** @param until the last day of what is opened; null: no end */
  onSwitch(until: string | null): void;
}

/** Closes or opens with one question; opening again is as easy as closing, and may have a last day. */
export function SharingSwitch({ about, closed, disabled, loading, onSwitch }: Props) {
  const { t } = useTranslation();
  const [until, setUntil] = useState<Dayjs | null>(null);
  const means = (
    <div className="sharing-means">
      {t(closed ? 'sharing.openMeans' : 'sharing.closeMeans')}
      {closed && (
        <DatePicker
          value={until}
          onChange={setUntil}
          minDate={dayjs()}
          inputReadOnly
          placeholder={t('sharing.noEnd')}
          aria-label={t('sharing.lastDay')}
          className="sharing-until"
        />
      )}
    </div>
  );
  return (
    <Popconfirm
      title={t(closed ? 'sharing.openSure' : 'sharing.closeSure', { about })}
      description={means}
      okText={t(closed ? 'sharing.open' : 'sharing.close')}
      cancelText={t('actions.cancel')}
      onConfirm={() => onSwitch(closed ? (until?.format('YYYY-MM-DD') ?? null) : null)}
      onOpenChange={() => setUntil(null)}
      disabled={disabled}
    >
      <Button disabled={disabled} loading={loading} type={closed ? 'primary' : 'default'} ghost={closed}>
        {t(closed ? 'sharing.open' : 'sharing.close')}
      </Button>
    </Popconfirm>
  );
}
