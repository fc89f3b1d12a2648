import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EXAM_FILTERS, type ExamFilter } from '../../features/exams/api/list-exams.js';
import { ExamTable } from '../../features/exams/components/exam-table.js';

export function ExamsPage({ now }: { now: string }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<ExamFilter>('gaps');
  return (
    <div className="sections">
      <div className="page-head">
        <h1>{t('exams.title')}</h1>
        <span className="spacer" />
        <Segmented
          value={filter}
          onChange={setFilter}
          options={EXAM_FILTERS.map((value) => ({ value, label: t(`exams.filters.${value}`) }))}
        />
      </div>
      <ExamTable filter={filter} now={now} />
      <p className="fine-print">{t('exams.hint')}</p>
    </div>
  );
}
