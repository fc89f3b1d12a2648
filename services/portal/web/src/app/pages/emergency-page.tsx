import { ArrowLeftOutlined } from '@ant-design/icons';
import { Link, useParams } from '@tanstack/react-router';
import { ProblemNotice } from '@yinglian/web/browser';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { AccessList } from '../../features/accesses/components/access-list.js';
import { useGlass } from '../../features/break-glass/api/review-glass.js';
import { GlassFacts } from '../../features/break-glass/components/glass-facts.js';
import { ReviewForm } from '../../features/break-glass/components/review-form.js';
import { lasts } from '../../features/break-glass/domain/glass.js';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';
import { useAccount } from '../../session/session-context.js';

/** One emergency: who opened what and why, what was looked at, and the verdict. */
export default function EmergencyPage() {
  const { t } = useTranslation();
  const { breakGlassId } = useParams({ from: '/emergencies/$breakGlassId' });
  const hospitalName = useHospitalNames();
  const { subject } = useAccount();
  const glass = useGlass(breakGlassId);
  return (
    <div className="page">
      <Link to="/emergencies" className="back">
        <ArrowLeftOutlined /> {t('glass.review')}
      </Link>
      {glass.isPending && <Skeleton active paragraph={{ rows: 6 }} className="panel" />}
      {glass.isError && <ProblemNotice error={glass.error} onRetry={() => void glass.refetch()} />}
      {glass.data !== undefined && (
        <>
          <GlassFacts glass={glass.data} hospitalName={hospitalName} />
          {!lasts(glass.data, Date.now()) && glass.data.actor.subject !== subject && (
            <ReviewForm breakGlassId={breakGlassId} isFurther={glass.data.reviewedAt !== null} />
          )}
          <h2 className="glass-looks">{t('glass.looks')}</h2>
          <AccessList filter={{ breakGlassId }} hospitalName={hospitalName} onNarrow={() => {}} />
        </>
      )}
    </div>
  );
}
