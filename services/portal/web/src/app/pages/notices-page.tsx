import { useTranslation } from 'react-i18next';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';
import { NoticeList } from '../../features/notices/components/notice-list.js';
import { useRole } from '../../session/session-context.js';

export default function NoticesPage() {
  const { t } = useTranslation();
  const hospitalName = useHospitalNames();
  return (
    <div className="page">
      <h1>{t('notices.title')}</h1>
      <NoticeList hospitalName={hospitalName} reviews={useRole('auditor')} />
    </div>
  );
}
