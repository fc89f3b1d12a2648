import { useTranslation } from 'react-i18next';
import { type EndedRetention, type RetentionRule, yearsOf } from '../domain/proposal.js';

/** Why a study need not be kept: the last visit, the rule, and until when. */
export function RetentionBasis({ ended, rules }: { ended: EndedRetention; rules: readonly RetentionRule[] }) {
  const { t } = useTranslation();
  const { lastVisit, patientClass, retainUntil } = ended;
  return (
    <>
      {t('disposals.why', {
        lastVisit,
        patientClass: t(`disposals.classes.${patientClass}`),
        years: yearsOf(rules, patientClass),
        until: retainUntil,
      })}
    </>
  );
}
