import { Button, Popconfirm } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Passkey } from '../api/second-factors.js';

const time = (instant: string) => dayjs(instant).format('YYYY-MM-DD HH:mm');

export function PasskeyRow({ passkey, onRemove }: { passkey: Passkey; onRemove(): void }) {
  const { t } = useTranslation();
  const { name, addedAt, lastUsedAt } = passkey;
  return (
    <li>
      <span className="person-main">
        <span>{name}</span>
        <span className="facts">
          <span>{t('secondFactors.addedAt', { time: time(addedAt) })}</span>
          <span>
            {lastUsedAt === null ? t('secondFactors.neverUsed') : t('sessions.used', { time: time(lastUsedAt) })}
          </span>
        </span>
      </span>
      <Popconfirm
        title={t('secondFactors.remove')}
        description={t('secondFactors.removeSure', { name })}
        onConfirm={onRemove}
        okText={t('secondFactors.remove')}
        cancelText={t('actions.cancel')}
      >
        <Button size="small" type="text" danger>
          {t('secondFactors.remove')}
        </Button>
      </Popconfirm>
    </li>
  );
}
