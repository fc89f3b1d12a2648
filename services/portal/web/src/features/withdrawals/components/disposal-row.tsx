import { RightOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { shownDate } from '../../../dicom/shown-values.js';
import { type Disposal, type RetentionRule, yearsOf } from '../domain/disposal.js';

/** One study that need not be kept, and why. */
export function DisposalRow({ disposal, rules }: { disposal: Disposal; rules: readonly RetentionRule[] }) {
  const { t } = useTranslation();
  const { studyInstanceUid, studyDate, instances, lastVisit, patientClass, retainUntil, isWithdrawn } = disposal;
  return (
    <li>
      <Link to="/withdrawals/$studyUid" params={{ studyUid: studyInstanceUid }} className="disposal-row">
        <strong className="figures">{shownDate(studyDate)}</strong>
        <span>
          {t('withdrawals.disposals.why', {
            lastVisit,
            patientClass: t(`withdrawals.disposals.classes.${patientClass}`),
            years: yearsOf(rules, patientClass),
            until: retainUntil,
          })}
          <span className="facts aside">
            <span>{t('withdrawals.images', { count: instances })}</span>
            <span className="figures uid">{studyInstanceUid}</span>
          </span>
        </span>
        <span>{isWithdrawn && <span className="outcome is-deny">{t('withdrawals.states.withdrawn')}</span>}</span>
        <RightOutlined className="aside" aria-hidden />
      </Link>
    </li>
  );
}
