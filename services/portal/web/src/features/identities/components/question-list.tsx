import { ProblemNotice } from '@yinglian/web/browser';
import { App, Button, Empty, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OpenQuestion, useQuestions } from '../api/list-questions.js';
import { AnswerDialog } from './answer-dialog.js';

/** What stewards want to know from the hospital that one administers. */
export function QuestionList() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const questions = useQuestions();
  const [answering, setAnswering] = useState<OpenQuestion | null>(null);
  if (questions.isPending) return <Skeleton active paragraph={{ rows: 4 }} className="panel" />;
  if (questions.isError) return <ProblemNotice error={questions.error} onRetry={() => void questions.refetch()} />;
  if (questions.data.length === 0)
    return <Empty className="panel" image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('desk.noQuestions')} />;
  return (
    <>
      <ul className="panel rows">
        {questions.data.map((one) => (
          <li key={one.questionId} className="past">
            <span className="past-what">
              <span>{one.question}</span>
              <span className="facts">
                {one.patients.map(({ id }) => (
                  <span key={id} className="patient-key figures">
                    {id}
                  </span>
                ))}
              </span>
              <span className="aside figures">
                {one.askedByName} {dayjs(one.askedAt).format('YYYY-MM-DD HH:mm')}
              </span>
            </span>
            <Button type="primary" onClick={() => setAnswering(one)}>
              {t('desk.answer')}
            </Button>
          </li>
        ))}
      </ul>
      <AnswerDialog
        asked={answering}
        onDone={() => {
          setAnswering(null);
          void message.success(t('desk.answerSent'));
        }}
        onCancel={() => setAnswering(null)}
      />
    </>
  );
}
