import { useProblemSentence } from '@yinglian/web/browser';
import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ListedJoin } from '../../../../../src/storage/listed-join.store.js';
import { useFormats } from '../../../time/formats.js';
import { useDecideJoin } from '../api/decide-join.js';
import { CandidateRow } from './candidate-row.js';
import { StudyFacts } from './study-facts.js';

/** One study with the exams that it may belong to. */
export function JoinPanel({ study }: { study: ListedJoin }) {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const { message } = App.useApp();
  const sentence = useProblemSentence();
  const decide = useDecideJoin(study.studyInstanceUid);
  const { decidedAt, decidedBy, decidedExamId } = study;
  const run = (examId: number | null) =>
    decide.mutate(examId, {
      onSuccess: () => void message.success(t('joins.done')),
      onError: (error) => void message.error(sentence(error).sentence),
    });
  return (
    <div className="panel sheet-frame join">
      <StudyFacts study={study} />
      <table className="sheet">
        <thead>
          <tr>
            <th className="is-wide">{t('joins.exam')}</th>
            <th>{t('joins.modality')}</th>
            <th>{t('joins.ordered')}</th>
            <th>{t('joins.performed')}</th>
            <th>{t('joins.differs')}</th>
            <th aria-label={t('joins.choose')} />
          </tr>
        </thead>
        <tbody>
          {study.candidates.map((exam) => (
            <CandidateRow
              key={exam.examId}
              study={study}
              exam={exam}
              isChosen={exam.examId === decidedExamId}
              isBusy={decide.isPending}
              onChoose={() => run(exam.examId)}
            />
          ))}
        </tbody>
      </table>
      <div className="sheet-foot actions">
        {decidedAt !== null && (
          <span className="aside">
            {t(decidedExamId === null ? 'joins.decidedNone' : 'joins.decided', {
              by: decidedBy,
              at: moment(decidedAt),
            })}
          </span>
        )}
        {(decidedAt === null || decidedExamId !== null) && (
          <Popconfirm
            placement="topRight"
            title={t('joins.noneOfThese')}
            description={t('joins.stands')}
            okText={t('joins.confirm')}
            cancelText={t('actions.cancel')}
            onConfirm={() => run(null)}
          >
            <Button size="small" type="text" loading={decide.isPending}>
              {t('joins.noneOfThese')}
            </Button>
          </Popconfirm>
        )}
      </div>
    </div>
  );
}
