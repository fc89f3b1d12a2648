import { useTranslation } from 'react-i18next';
import type { ListedExam } from '../../../../../src/prove-completeness/list-exams.handler.js';
import { useFormats } from '../../../time/formats.js';

export function ExamRow({ exam, now }: { exam: ListedExam; now: string }) {
  const { t } = useTranslation();
  const { number, moment } = useFormats();
  const { state, standing, deadlineAt, gap, studies } = exam;
  const received = studies.reduce((sum, study) => sum + study.received, 0);
  const missing = studies.reduce((sum, study) => sum + study.missing, 0);
  return (
    <tr>
      <td>
        <strong className="figures">{exam.accessionNumber ?? exam.fillerOrderNumber ?? exam.placerOrderNumber}</strong>{' '}
        <span className="aside">{[exam.modality, exam.itemName].filter(Boolean).join(' · ')}</span>
      </td>
      <td data-label={t('exams.state')}>{t(`exams.states.${state}`)}</td>
      <td data-label={t('exams.deadline')}>
        {deadlineAt === null || standing === null ? (
          <span className="aside">–</span>
        ) : (
          <time dateTime={deadlineAt} className={deadlineAt < now && standing === 'overdue' ? 'is-bad' : undefined}>
            {moment(deadlineAt)} <span className="aside">{t(`exams.standings.${standing}`)}</span>
          </time>
        )}
      </td>
      <td className="is-number figures" data-label={t('exams.images')}>
        {number(received)}
        {missing > 0 && <span className="aside"> {t('exams.missing', { count: missing })}</span>}
      </td>
      <td data-label={t('exams.gap')}>
        {gap === null ? (
          <span className="aside">–</span>
        ) : (
          <>
            <strong>{t(`exams.gaps.${gap}.title`)}</strong>{' '}
            <span className="aside">{t(`exams.gaps.${gap}.action`)}</span>
          </>
        )}
      </td>
    </tr>
  );
}
