import { Button, Tag } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Session } from '../api/sessions.js';

interface Props {
  readonly session: Session;
  onEnd(): void;
}

export function SessionRow({ session, onEnd }: Props) {
  const { t } = useTranslation();
  const { browser, system } = session;
  const time = (instant: string) => dayjs(instant).format('MM-DD HH:mm');
  return (
    <li>
      <span className="person-main">
        <span>
          {browser === null || system === null
            ? (browser ?? system ?? t('sessions.program'))
            : t('sessions.on', { browser, system })}{' '}
          {session.isThisOne && <Tag color="green">{t('sessions.thisOne')}</Tag>}
        </span>
        <span className="facts">
          <span>{t('sessions.since', { time: time(session.begunAt) })}</span>
          <span>{t('sessions.used', { time: time(session.lastUsedAt) })}</span>
          <span className="figures">{session.address}</span>
          <span>{session.methods.map((method) => t(`accesses.keys.${method}`)).join(' + ')}</span>
        </span>
      </span>
      {!session.isThisOne && (
        <Button size="small" type="text" danger onClick={onEnd}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}
