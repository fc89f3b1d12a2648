import { useTranslation } from 'react-i18next';
import { QuestionList } from '../../features/identities/components/question-list.js';

/** Questions of stewards to one's own hospital. */
export default function QuestionsPage() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('desk.questionsTitle')}</h1>
      </div>
      <p className="aside">{t('desk.questionsHint')}</p>
      <QuestionList />
    </div>
  );
}
