import { RightOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { shownDate, shownName } from '../../../dicom/shown-values.js';
import type { RegisteredStudy } from '../domain/registered-study.js';
import { StudyStates } from './study-states.js';

/** One study: whose, what, and whether it is shown. */
export function StudyRow({ study, hospitalName }: { study: RegisteredStudy; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  return (
    <li>
      <Link to="/withdrawals/$studyUid" params={{ studyUid: study.studyInstanceUid }} className="case-row">
        <span className="case-who">
          <strong>{shownName(study.patientName) || t('persons.unnamed')}</strong>
          <span className="facts aside">
            <span className="figures">{study.patientId}</span>
            <span>{hospitalName(study.hospital)}</span>
          </span>
        </span>
        <span className="case-what">
          <span>{study.description || t('studies.noDescription')}</span>
          <span className="facts aside">
            <span>{study.modalities.join(' ')}</span>
            <span className="figures">{shownDate(study.studyDate) || t('studies.undated')}</span>
            <span className="figures">{study.accessionNumber}</span>
          </span>
        </span>
        <span className="case-why">
          <StudyStates study={study} />
          <span className="aside">{t('withdrawals.images', { count: study.instances })}</span>
        </span>
        <RightOutlined className="aside" aria-hidden />
      </Link>
    </li>
  );
}
