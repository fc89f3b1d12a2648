import { Button } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Question } from '../domain/conflict.js';

interface Props {
  readonly questions: readonly Question[];
  readonly hospitalName: (code: string) => string;
  onAnswer(question: Question): void;
}

/** What hospitals were asked, and what they answered. */
export function QuestionsPanel({ questions, hospitalName, onAnswer }: Props) {
  const { t } = useTranslation();
  if (questions.length === 0) return null;
  return (
    <section className="panel questions">
      <h2>{t('desk.questions')}</h2>
      <ol className="case-history">
        {questions.map((question) => (
          <li key={question.questionId}>
            <span>
              <strong>{hospitalName(question.hospital)}</strong> {question.question}
            </span>
            <span className="aside figures">{by(question.askedByName, question.askedAt)}</span>
            {question.answer === null || question.answeredAt === null ? (
              <span className="answer">
                <span className="outcome is-waiting">{t('desk.notAnswered')}</span>
                <Button size="small" onClick={() => onAnswer(question)}>
                  {t('desk.noteAnswer')}
                </Button>
              </span>
            ) : (
              <span className="answer">
                <span className="outcome is-permit">{t('desk.answer')}</span> {question.answer}{' '}
                <span className="aside figures">{by(question.answeredByName ?? '', question.answeredAt)}</span>
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

const by = (name: string, at: string) => `${name} ${dayjs(at).format('YYYY-MM-DD HH:mm')}`;
