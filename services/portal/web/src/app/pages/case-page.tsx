import { ArrowLeftOutlined } from '@ant-design/icons';
import { Link, useParams } from '@tanstack/react-router';
import { ProblemNotice } from '@yinglian/web/browser';
import { Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { AccessRow } from '../../features/accesses/components/access-row.js';
import type { Access } from '../../features/accesses/domain/access.js';
import { useCase } from '../../features/cases/api/cases.js';
import { CaseEntries } from '../../features/cases/components/case-entries.js';
import { EntryForm } from '../../features/cases/components/entry-form.js';
import { ExportCase } from '../../features/cases/components/export-case.js';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';

/** One case: its records, what was written, and what is written next. */
export default function CasePage() {
  const { t } = useTranslation();
  const { caseId } = useParams({ from: '/cases/$caseId' });
  const hospitalName = useHospitalNames();
  const found = useCase<Access>(caseId);
  return (
    <div className="page wide">
      <Link to="/cases" className="back">
        <ArrowLeftOutlined /> {t('nav.cases')}
      </Link>
      {found.isPending && <Skeleton active paragraph={{ rows: 6 }} className="panel" />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.data !== undefined && (
        <>
          <h1>{found.data.title}</h1>
          <p className="aside">
            {t(`cases.states.${found.data.state}`)} ·{' '}
            {t(`cases.origins.${found.data.origin}`, { name: found.data.displayName })} ·{' '}
            <span className="figures">{dayjs(found.data.openedAt).format('YYYY-MM-DD HH:mm')}</span>
          </p>
          <CaseEntries entries={found.data.entries} />
          <EntryForm key={found.data.entries.length} of={found.data} />
          <h2>{t('cases.records')}</h2>
          <ExportCase caseId={caseId} />
          <ul className="panel rows accesses">
            {found.data.records.map((access) => (
              <AccessRow key={access.accessId} access={access} hospitalName={hospitalName} onNarrow={() => {}} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
