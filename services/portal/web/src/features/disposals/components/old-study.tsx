import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { shownDate } from '../../../dicom/shown-values.js';
import type { HeldStudy, RetentionRule } from '../domain/proposal.js';
import { RetentionBasis } from './retention-basis.js';

/** A study that no rule of retention keeps any more, and why; the study is behind its UID. */
export function OldStudy({ study, rules }: { study: HeldStudy; rules: readonly RetentionRule[] }) {
  const { t } = useTranslation();
  const { studyInstanceUid, studyDate, instances } = study;
  return (
    <>
      <strong className="figures">{shownDate(studyDate)}</strong>
      <span>
        <RetentionBasis ended={study} rules={rules} />
        <span className="facts aside">
          <span>{t('disposals.images', { count: instances })}</span>
          <Link to="/withdrawals/$studyUid" params={{ studyUid: studyInstanceUid }} className="figures uid">
            {studyInstanceUid}
          </Link>
        </span>
      </span>
    </>
  );
}
