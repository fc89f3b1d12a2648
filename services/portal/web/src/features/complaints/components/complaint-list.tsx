import { ProblemNotice } from '@yinglian/web/browser';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useComplaints } from '../api/complaints.js';
import type { Answer, Complaint } from '../domain/complaint.js';

/** What the reader said is wrong, how far it is looked into, and the answers. Nothing is shown while nothing was said. */
export function ComplaintList({ personId }: { readonly personId: string }) {
  const { t } = useTranslation();
  const complaints = useComplaints(personId);
  if (complaints.isError) return <ProblemNotice error={complaints.error} onRetry={() => void complaints.refetch()} />;
  if (complaints.data === undefined || complaints.data.length === 0) return null;
  return (
    <section className="panel sharing">
      <h2>{t('complaints.list')}</h2>
      <ul className="rows">
        {complaints.data.map((said) => (
          <li key={said.caseId} id={said.caseId} className="complaint">
            <SaidWrong said={said} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function SaidWrong({ said: { reason, saidAt, state, answers } }: { said: Complaint }) {
  const { t } = useTranslation();
  return (
    <>
      <strong>{reason}</strong>
      <span className="facts aside">
        <Day at={saidAt} />
        <span className={`complaint-state is-${state}`}>{t(`complaints.states.${state}`)}</span>
      </span>
      {state !== 'answered' && <p className="aside">{t(`complaints.means.${answers.length > 0 ? 'again' : state}`)}</p>}
      {answers.map((answer) => (
        <AnswerOf key={answer.answeredAt} answer={answer} />
      ))}
    </>
  );
}

function AnswerOf({ answer: { verdict, answeredAt, text } }: { answer: Answer }) {
  const { t } = useTranslation();
  return (
    <div className={verdict === 'unfounded' ? 'complaint-answer' : 'complaint-answer is-justified'}>
      <strong>{t(`complaints.verdicts.${verdict}`)}</strong> <Day at={answeredAt} />
      <p>{t(`complaints.follows.${verdict}`)}</p>
      <p className="letter">{text}</p>
    </div>
  );
}

const Day = ({ at }: { at: string }) => (
  <time className="figures aside" dateTime={at}>
    {dayjs(at).format('YYYY-MM-DD HH:mm')}
  </time>
);
