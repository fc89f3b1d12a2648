import { useTranslation } from 'react-i18next';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';
import { StaffList } from '../../features/staff/components/staff-list.js';
import { useAccount } from '../../session/session-context.js';

/** What a security administrator takes away at once: roles, being let in, a second factor that was lost. */
export default function AccountsPage() {
  const { t } = useTranslation();
  const { hospital } = useAccount();
  return (
    <div className="page">
      <h1>{t('nav.accounts')}</h1>
      <p className="aside">{t('staff.securityHint')}</p>
      <div className="panel padded">
        <StaffList hospital={hospital} departments={[]} hospitalName={useHospitalNames()} />
      </div>
    </div>
  );
}
