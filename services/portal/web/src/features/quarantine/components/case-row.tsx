import { RightOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { shownDate, shownName } from '../../../dicom/shown-values.js';
import type { ListedCase } from '../domain/quarantine-case.js';

/** One case: whose images, what is wrong with them, since when. */
export function CaseRow({ listed, hospitalName }: { listed: ListedCase; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  const { caseId, reason, state, hospital, owner, made } = listed;
  return (
    <li>
      <Link to="/quarantine/$caseId" params={{ caseId }} className="case-row">
        <span className="case-who">
          <strong>{shownName(listed.patientName) || t('persons.unnamed')}</strong>
          <span className="facts aside">
            <span className="figures">{listed.patientId}</span>
            <span>{hospitalName(owner)}</span>
          </span>
        </span>
        <span className="case-what">
          <span>{listed.studyDescription || t('quarantine.undescribed')}</span>
          <span className="facts aside">
            <span>{listed.modalities.join(' ')}</span>
            <span className="figures">{shownDate(listed.studyDate)}</span>
            <span>{t('quarantine.images', { count: listed.instances })}</span>
          </span>
        </span>
        <span className="case-why">
          {state === 'open' ? (
            <span className="outcome is-waiting">{t(`quarantine.reasons.${reason}`)}</span>
          ) : (
            <span className={state === 'taken' ? 'outcome is-permit' : 'outcome'}>
              {t(`quarantine.states.${state}`)}
            </span>
          )}
          <span className="aside">
            {made === null
              ? t(hospital === owner ? 'quarantine.since' : 'quarantine.sinceFrom', {
                  at: dayjs(listed.openedAt).format('MM-DD HH:mm'),
                  hospital: hospitalName(hospital),
                })
              : t('conflicts.decidedBy', { name: made.decidedByName, at: dayjs(made.decidedAt).format('MM-DD HH:mm') })}
          </span>
        </span>
        <RightOutlined className="aside" aria-hidden />
      </Link>
    </li>
  );
}
