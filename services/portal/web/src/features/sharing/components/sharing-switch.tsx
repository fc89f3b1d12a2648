import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  /** What it is about, as the question names it. */
  readonly about: string;
  readonly closed: boolean;
  readonly disabled: boolean;
  readonly loading: boolean;
  onSwitch(): void;
}

/** Closes or opens with one question; opening again is as easy as closing. */
export function SharingSwitch({ about, closed, disabled, loading, onSwitch }: Props) {
  const { t } = useTranslation();
  return (
    <Popconfirm
      title={t(closed ? 'sharing.openSure' : 'sharing.closeSure', { about })}
      description={<div className="sharing-means">{t(closed ? 'sharing.openMeans' : 'sharing.closeMeans')}</div>}
      okText={t(closed ? 'sharing.open' : 'sharing.close')}
      cancelText={t('actions.cancel')}
      onConfirm={onSwitch}
      disabled={disabled}
    >
      <Button disabled={disabled} loading={loading} type={closed ? 'primary' : 'default'} ghost={closed}>
        {t(closed ? 'sharing.open' : 'sharing.close')}
      </Button>
    </Popconfirm>
  );
}
