import { ArrowLeftOutlined } from '@ant-design/icons';
import { Link, useParams } from '@tanstack/react-router';
import { ProblemNotice } from '@yinglian/web/browser';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { shownDate, shownName } from '../../dicom/shown-values.js';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';
import { useCase } from '../../features/quarantine/api/read-case.js';
import { CaseDecision } from '../../features/quarantine/components/case-decision.js';
import { CaseHistory } from '../../features/quarantine/components/case-history.js';
import { ComparedInstances } from '../../features/quarantine/components/compared-instances.js';
import { PixelVerdict } from '../../features/quarantine/components/pixel-verdict.js';
import { Versions } from '../../features/quarantine/components/versions.js';
import { pixelsOf, type QuarantineCase } from '../../features/quarantine/domain/quarantine-case.js';

/** Both versions of what a hospital sent again, and the steward's choice between them. */
export default function QuarantineCasePage() {
  const { t } = useTranslation();
  const { caseId } = useParams({ from: '/quarantine/$caseId' });
  const hospitalName = useHospitalNames();
  const found = useCase(caseId);
  return (
    <div className="page">
      <Link to="/quarantine" className="back">
        <ArrowLeftOutlined /> {t('quarantine.title')}
      </Link>
      {found.isPending && <Skeleton active paragraph={{ rows: 8 }} className="panel" />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.data !== undefined && (
        <>
          <CaseHead shown={found.data} hospitalName={hospitalName} />
          <article className="panel conflict">
            <header>
              <strong>{t(`quarantine.reasons.${found.data.reason}`)}</strong>
              <PixelsTogether compared={found.data.compared} />
            </header>
            <Versions shown={found.data} hospitalName={hospitalName} />
            <ComparedInstances compared={found.data.compared} instances={found.data.instances} />
            {found.data.decisions.length > 0 && <CaseHistory decisions={found.data.decisions} />}
            <CaseDecision key={found.data.state} shown={found.data} />
          </article>
        </>
      )}
    </div>
  );
}

/** What the pixels of all compared images say, and of how many of them where that is not all. */
function PixelsTogether({ compared }: Pick<QuarantineCase, 'compared'>) {
  const { t } = useTranslation();
  const pixels = pixelsOf(compared);
  const count = compared.filter((instance) => instance.pixels === pixels).length;
  const where = count === compared.length ? '' : t('quarantine.pixelsIn', { count, of: compared.length });
  return <PixelVerdict pixels={pixels} where={where} />;
}

function CaseHead({ shown, hospitalName }: { shown: QuarantineCase; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  const { study, series } = shown;
  const described = [study.description, series.description].filter((text) => text !== '').join(' · ');
  return (
    <header className="person-head">
      <h1>
        {shownName(study.patientName) || t('persons.unnamed')}
        <span className="aside figures">{study.patientId}</span>
      </h1>
      <div className="facts aside">
        <span>{hospitalName(study.hospital)}</span>
        <span>{study.modalities.join(' ')}</span>
        <span>{described || t('quarantine.undescribed')}</span>
        <span className="figures">{shownDate(study.studyDate)}</span>
        {study.charsetGuessed && <span>{t('quarantine.charsetGuessed')}</span>}
        <span>
          {t('quarantine.ofSeries', {
            count: shown.instances,
            of: series.instances,
            number: series.seriesNumber || '–',
          })}
        </span>
      </div>
    </header>
  );
}
