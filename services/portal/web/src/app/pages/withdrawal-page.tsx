import { ArrowLeftOutlined } from '@ant-design/icons';
import { Link, useParams } from '@tanstack/react-router';
import { ProblemNotice } from '@yinglian/web/browser';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { shownDate, shownName } from '../../dicom/shown-values.js';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';
import { useDecidedStudy } from '../../features/withdrawals/api/read-study.js';
import { DecideStudy } from '../../features/withdrawals/components/decide-study.js';
import type { RegisteredStudy } from '../../features/withdrawals/domain/registered-study.js';
import '../withdrawals.css';

/** One study to a steward: what is registered of it, what was decided about it, and what can be. */
export default function WithdrawalPage() {
  const { t } = useTranslation();
  const { studyUid } = useParams({ from: '/withdrawals/$studyUid' });
  const hospitalName = useHospitalNames();
  const found = useDecidedStudy(studyUid);
  return (
    <div className="page">
      <Link to="/withdrawals" className="back">
        <ArrowLeftOutlined /> {t('withdrawals.title')}
      </Link>
      {found.isPending && <Skeleton active paragraph={{ rows: 8 }} className="panel" />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.data !== undefined && (
        <>
          <StudyHead studyUid={studyUid} study={found.data.study} hospitalName={hospitalName} />
          <DecideStudy studyInstanceUid={studyUid} decided={found.data} />
        </>
      )}
    </div>
  );
}

interface HeadProps {
  readonly studyUid: string;
  readonly study: RegisteredStudy | null;
  readonly hospitalName: (code: string) => string;
}

function StudyHead({ studyUid, study, hospitalName }: HeadProps) {
  const { t } = useTranslation();
  const uid = (
    <span className="figures uid">
      {t('withdrawals.numbers.studyInstanceUid')} {studyUid}
    </span>
  );
  if (study === null) {
    return (
      <header className="person-head">
        <p>{t('withdrawals.closed')}</p>
        <div className="facts aside">{uid}</div>
      </header>
    );
  }
  return (
    <header className="person-head">
      <h1>
        {shownName(study.patientName) || t('persons.unnamed')}
        <span className="aside figures">{study.patientId}</span>
      </h1>
      <div className="facts aside">
        <span>{hospitalName(study.hospital)}</span>
        <span>{study.modalities.join(' ')}</span>
        <span>{study.description || t('studies.noDescription')}</span>
        <span className="figures">{shownDate(study.studyDate) || t('studies.undated')}</span>
        {study.accessionNumber !== '' && (
          <span className="figures">
            {t('withdrawals.numbers.accessionNumber')} {study.accessionNumber}
          </span>
        )}
        {uid}
      </div>
    </header>
  );
}
