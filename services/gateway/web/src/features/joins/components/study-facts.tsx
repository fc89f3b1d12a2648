import { useTranslation } from 'react-i18next';
import type { ListedJoin } from '../../../../../src/storage/listed-join.store.js';
import { useFormats } from '../../../time/formats.js';
import { dicomMoment } from '../domain/dicom-moment.js';

/** What is known of the images. */
export function StudyFacts({ study }: { study: ListedJoin }) {
  const { t } = useTranslation();
  const { number, moment } = useFormats();
  const { kind, accessionNumber, modality, description, studyDate, studyTime, firstAt, received, decidedAt } = study;
  return (
    <p className="sheet-head">
      <strong className="figures">{accessionNumber || t('arriving.noAccession')}</strong>{' '}
      <span className="aside">
        {[modality, description].filter(Boolean).join(' · ')} · {t('joins.images', { number: number(received) })}
      </span>
      <br />
      <span className="aside figures">
        {t('joins.made')} {dicomMoment(studyDate, studyTime) || '–'} · {t('joins.came')}{' '}
        <time dateTime={firstAt}>{moment(firstAt)}</time>
      </span>
      {decidedAt === null && (kind === 'ambiguous' || kind === 'suggested') && (
        <>
          <br />
          <span className="fine-print">{t(`joins.kinds.${kind}`)}</span>
        </>
      )}
    </p>
  );
}
