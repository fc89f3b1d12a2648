import { useTranslation } from 'react-i18next';
import { shownDate, shownName } from '../../../dicom/shown-values.js';
import type { StudyToGo as Study } from '../api/read-study.js';

/** Whose study is given up, and what it is. */
export function StudyToGo({ study, instances }: { study: Study | null; instances: number }) {
  const { t } = useTranslation();
  if (study === null) return <p className="study-to-go">{t('disposals.closed')}</p>;
  return (
    <div className="study-to-go">
      <strong>{shownName(study.patientName) || t('persons.unnamed')}</strong>{' '}
      <span className="aside figures">{study.patientId}</span>
      <span className="facts">
        <span>{study.modalities.join(' ')}</span>
        <span>{study.description || t('studies.noDescription')}</span>
        <span className="figures">{shownDate(study.studyDate) || t('studies.undated')}</span>
        <span>{t('disposals.images', { count: instances })}</span>
      </span>
    </div>
  );
}
