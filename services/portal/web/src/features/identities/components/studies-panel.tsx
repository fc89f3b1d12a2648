import { ProblemNotice } from '@yinglian/web/browser';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { type StudyOutline, useStudyOutline } from '../api/outline-studies.js';

interface Props {
  readonly title: string;
  readonly personId: string;
  readonly hospitalName: (code: string) => string;
}

/** When, where and how a person was examined: evidence without an image. */
export function StudiesPanel({ title, personId, hospitalName }: Props) {
  const { t } = useTranslation();
  const outline = useStudyOutline(personId);
  return (
    <section className="panel studies-seen">
      <h2>{title}</h2>
      {outline.isPending && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {outline.isError && <ProblemNotice error={outline.error} onRetry={() => void outline.refetch()} />}
      {outline.data?.studies.length === 0 && <p className="aside">{t('desk.noStudies')}</p>}
      <ol>
        {outline.data?.studies.map((study, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an outline has nothing by which one study is known
          <Study key={at} study={study} hospitalName={hospitalName} />
        ))}
      </ol>
      {(outline.data?.leftOut ?? 0) > 0 && (
        <p className="aside">{t('desk.studiesLeftOut', { count: outline.data?.leftOut })}</p>
      )}
    </section>
  );
}

function Study({ study, hospitalName }: { study: StudyOutline; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  const { studyDate, modalities, description, patient, images } = study;
  const [modality = 'OT'] = modalities;
  return (
    <li>
      <span className="figures">
        {studyDate === null
          ? t('studies.undated')
          : `${studyDate.slice(0, 4)}-${studyDate.slice(4, 6)}-${studyDate.slice(6, 8)}`}
      </span>
      <span className={`modality modality-${modality}`}>{modalities.join(' ')}</span>
      <span className="study-what">
        {description ?? t('studies.noDescription')}
        <span className="aside facts">
          <span>{hospitalName(patient.hospital)}</span>
          <span className="figures">{patient.id}</span>
          <span>{t('studies.images', { count: images })}</span>
        </span>
      </span>
    </li>
  );
}
