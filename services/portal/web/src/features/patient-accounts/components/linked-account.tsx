import { Button, Popconfirm } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly account: string;
  readonly linkedAt: string;
  /** The hospital whose clerk linked it. */
  readonly where: string;
  /** What follows when it is unlinked. */
  readonly sure: string;
  readonly isEnding: boolean;
  onUnlink(): void;
  /** What else there is to say of it. */
  readonly children?: ReactNode;
}

/** An account that is linked to the patient, and the way to end that. */
export function LinkedAccount({ account, linkedAt, where, sure, isEnding, onUnlink, children }: Props) {
  const { t } = useTranslation();
  return (
    <li>
      <span className="sharing-study">
        <strong className="figures">{account}</strong>
        <span className="facts aside">
          {children}
          <span className="figures">{dayjs(linkedAt).format('YYYY-MM-DD')}</span>
          <span>{where}</span>
        </span>
      </span>
      <Popconfirm title={sure} okText={t('counter.unlink')} onConfirm={onUnlink}>
        <Button loading={isEnding}>{t('counter.unlink')}</Button>
      </Popconfirm>
    </li>
  );
}
