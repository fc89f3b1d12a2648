import { Button, Popconfirm, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { shortFingerprint } from '../domain/fingerprint.js';
import type { Workstation } from '../domain/workstation.js';

interface Props {
  readonly workstation: Workstation;
  onChange(): void;
  onRemove(): void;
}

/** How a workstation comes, where it listens, and what the administrator may do about it. */
export function WorkstationRow({ workstation, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const { aeTitle, name, certificates, plain, host, port, tls } = workstation;
  return (
    <li>
      <span className="person-main">
        <span>
          <span className="figures">{aeTitle}</span> <span className="aside">{name}</span>
        </span>
        <span className="facts">
          {certificates.map((digits) => (
            <span key={digits} className="figures">
              {shortFingerprint(digits)}
            </span>
          ))}
          {host !== null && (
            <span className="figures">
              → {host}:{port}
              {tls && ' TLS'}
            </span>
          )}
          {plain && <Tag color="warning">{t('workstations.isPlain')}</Tag>}
        </span>
      </span>
      <span className="row-actions">
        <Button size="small" type="text" onClick={onChange}>
          {t('workstations.change')}
        </Button>
        <Popconfirm
          title={t('workstations.removeTitle', { aeTitle })}
          description={t('workstations.removeSure')}
          onConfirm={onRemove}
          okText={t('workstations.remove')}
          cancelText={t('actions.cancel')}
        >
          <Button size="small" type="text" danger>
            {t('workstations.remove')}
          </Button>
        </Popconfirm>
      </span>
    </li>
  );
}
