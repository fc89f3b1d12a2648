import { useTranslation } from 'react-i18next';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';
import { TuneMatching } from '../../features/matching/components/tune-matching.js';
import { useAccount } from '../../session/session-context.js';

/** From when on stewards are asked whether two are one, and by which model that is weighed. */
export default function MatchingPage() {
  const { t } = useTranslation();
  const { roles, hospital } = useAccount();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('matching.title')}</h1>
      </div>
      <p className="aside">{t('matching.hint')}</p>
      <TuneMatching mayApply={roles.includes('administrator') && hospital === null} hospitalName={useHospitalNames()} />
    </div>
  );
}
