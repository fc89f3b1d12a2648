import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ExamFilter, useExams } from '../api/list-exams.js';
import { ExamRow } from './exam-row.js';

export function ExamTable({ filter, now }: { filter: ExamFilter; now: string }) {
  const { t } = useTranslation();
  const list = useExams(filter);
  if (list.isPending) return <Skeleton active />;
  if (list.isError) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  const exams = list.data.pages.flatMap((page) => page.exams);
  if (exams.length === 0) {
    return <Empty className="panel" image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('exams.none')} />;
  }
  return (
    <>
      <div className="panel sheet-frame">
        <table className="sheet">
          <thead>
            <tr>
              <th>{t('exams.exam')}</th>
              <th>{t('exams.state')}</th>
              <th>{t('exams.deadline')}</th>
              <th className="is-number">{t('exams.images')}</th>
              <th className="is-wide">{t('exams.gap')}</th>
            </tr>
          </thead>
          <tbody>
            {exams.map((exam) => (
              <ExamRow key={exam.examId} exam={exam} now={now} />
            ))}
          </tbody>
        </table>
      </div>
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('exams.more')}
        </Button>
      )}
    </>
  );
}
