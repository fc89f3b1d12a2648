import { WarningFilled } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEndGlass } from '../api/break-glass.js';
import { type OpenGlass, timeLeft } from '../domain/glass.js';
import { useNow } from './use-now.js';

interface Props {
  readonly glass: OpenGlass;
  /** Whose studies are open. */
  readonly patient: ReactNode;
}

/** Over every screen while it lasts: whose, how long still, and how to end it. */
export function GlassBanner({ glass, patient }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const end = useEndGlass();
  const left = timeLeft(glass.expiresAt, now);
  if (left === '') return null;
  return (
    <div className="glass-banner" role="status" aria-live="off">
      <WarningFilled />
      <span className="glass-whose">
        <strong>{t('glass.title')}</strong> {patient}
      </span>
      <span className="figures" role="timer">
        {t('glass.left', { time: left })}
      </span>
      <Popconfirm
        title={t('glass.endSure')}
        okText={t('glass.end')}
        cancelText={t('actions.cancel')}
        onConfirm={() => end.mutate(glass.breakGlassId)}
      >
        <Button size="small" loading={end.isPending}>
          {t('glass.end')}
        </Button>
      </Popconfirm>
    </div>
  );
}
