import { Link } from '@tanstack/react-router';
import { Button, Popconfirm } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { canBeTakenBack, type Disposal } from '../domain/disposal.js';
import { StateMark } from './state-mark.js';
import { StateSentence } from './state-sentence.js';

interface Props {
  readonly disposal: Disposal;
  readonly hospitalName: (code: string) => string;
  /** Null to hospitals: it is the commission that registers. */
  readonly onRegister: ((disposal: Disposal) => void) | null;
  onTakeBack(disposal: Disposal): void;
  onCertificate(disposal: Disposal): void;
}

/** One study that was given up: where that stands, who did what and why, and what can be done. */
export function DisposalRow({ disposal, hospitalName, onRegister, onTakeBack, onCertificate }: Props) {
  const { t } = useTranslation();
  const { studyInstanceUid, hospital, state, note, confirmedByName, confirmedAt } = disposal;
  const { registeredByName, registeredAt } = disposal;
  const isThere = state !== 'destroying' && state !== 'destroyed';
  return (
    <li className="disposal-row">
      <StateMark state={state} />
      <span>
        <StateSentence disposal={disposal} />
        <span className="facts aside">
          <span>{hospitalName(hospital)}</span>
          <span className="figures">
            {t('disposals.confirmedBy', { name: confirmedByName, at: shown(confirmedAt) })}
          </span>
          {registeredAt !== null && (
            <span className="figures">
              {t('disposals.registeredBy', { name: registeredByName, at: shown(registeredAt) })}
            </span>
          )}
        </span>
        <span className="disposal-note">{note}</span>
        <span className="aside">
          {isThere ? (
            <Link to="/withdrawals/$studyUid" params={{ studyUid: studyInstanceUid }} className="figures uid">
              {studyInstanceUid}
            </Link>
          ) : (
            <span className="figures uid">{studyInstanceUid}</span>
          )}
        </span>
      </span>
      <span className="disposal-acts">
        {state === 'confirmed' && onRegister !== null && (
          <Button danger onClick={() => onRegister(disposal)}>
            {t('disposals.acts.register')}
          </Button>
        )}
        {canBeTakenBack(disposal) && (
          <Popconfirm
            placement="topRight"
            classNames={{ root: 'take-back' }}
            title={t('disposals.titles.takeBack')}
            description={t('disposals.means.takeBack')}
            okText={t('disposals.acts.takeBack')}
            cancelText={t('actions.cancel')}
            onConfirm={() => onTakeBack(disposal)}
          >
            <Button>{t('disposals.acts.takeBack')}</Button>
          </Popconfirm>
        )}
        {state === 'destroyed' && (
          <Button onClick={() => onCertificate(disposal)}>{t('disposals.certificate.title')}</Button>
        )}
      </span>
    </li>
  );
}

const shown = (instant: string) => dayjs(instant).format('YYYY-MM-DD HH:mm');
