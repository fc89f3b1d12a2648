import { ProblemNotice } from '@yinglian/web/browser';
import { Empty, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudies } from '../api/list-studies.js';
import { byYear, type Filter } from '../domain/study.js';
import { ReasonDialog } from './reason-dialog.js';
import { StudyEntry } from './study-entry.js';
import { TimelineFilter } from './timeline-filter.js';
import { useOpenStudy } from './use-open-study.js';

interface Props {
  readonly personId: string;
  readonly ownHospital: string | null;
  readonly hospitalName: (code: string) => string;
}

/** Every study of one person from every hospital, newest first. */
export function Timeline({ personId, ownHospital, hospitalName }: Props) {
  const { t } = useTranslation();
  const studies = useStudies(personId);
  const [filter, setFilter] = useState<Filter>({ modality: null, hospital: null });
  const opening = useOpenStudy();

  if (studies.isPending) return <TimelineSkeleton />;
  if (studies.data === undefined) {
    return <ProblemNotice error={studies.error} onRetry={() => void studies.refetch()} />;
  }
  const years = byYear(studies.data, filter);
  return (
    <section className="timeline">
      {studies.isError && <ProblemNotice error={studies.error} onRetry={() => void studies.refetch()} />}
      <TimelineFilter studies={studies.data} filter={filter} hospitalName={hospitalName} onChange={setFilter} />
      {years.length === 0 && (
        <Empty
          className="panel"
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t(studies.data.length === 0 ? 'studies.none' : 'studies.noneFiltered')}
        >
          {studies.data.length === 0 && <span className="aside">{t('studies.noneHint')}</span>}
        </Empty>
      )}
      {years.map(({ year, studies: ofYear }) => (
        <div key={year} className="year">
          <h2>
            {year ?? t('studies.undated')} <span className="aside">{t('studies.count', { count: ofYear.length })}</span>
          </h2>
          <ol>
            {ofYear.map((study) => (
              <StudyEntry
                key={study.studyInstanceUid}
                study={study}
                hospitalName={hospitalName(study.hospital)}
                isOwn={study.hospital === ownHospital}
                isOpening={opening.opening === study.studyInstanceUid}
                onOpen={() => void opening.open(study)}
              />
            ))}
          </ol>
        </div>
      ))}
      <ReasonDialog
        personId={personId}
        open={opening.needsReason !== null}
        onCancel={opening.forget}
        onDeclared={() => {
          if (opening.needsReason !== null) opening.show(opening.needsReason);
          opening.forget();
        }}
      />
    </section>
  );
}

const TimelineSkeleton = () => (
  <div className="panel">
    {[1, 2, 3].map((row) => (
      <Skeleton key={row} active avatar={{ shape: 'square', size: 72 }} paragraph={{ rows: 2 }} />
    ))}
  </div>
);
