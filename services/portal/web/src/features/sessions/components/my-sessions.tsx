import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Popconfirm, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEndSession, useMySessions } from '../api/sessions.js';
import { SessionRow } from './session-row.js';

/** Where somebody is signed in, and how they end it there. */
export function MySessions() {
  const { t } = useTranslation();
  const mine = useMySessions();
  const end = useEndSession();
  if (mine.isPending) return <Skeleton active className="panel" />;
  if (mine.isError) return <ProblemNotice error={mine.error} onRetry={() => void mine.refetch()} />;
  const { sessions } = mine.data;
  return (
    <section className="panel account-part">
      <h2>{t('sessions.title')}</h2>
      <p className="aside">{t('sessions.why')}</p>
      <ul className="plain-list">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => end.mutate(session.id)} />
        ))}
      </ul>
      {end.isError && <ProblemNotice error={end.error} />}
      {sessions.length > 1 && (
        <Popconfirm
          title={t('sessions.endOthers')}
          description={t('sessions.endOthersSure')}
          onConfirm={() => end.mutate(null)}
          okText={t('sessions.endOthers')}
          cancelText={t('actions.cancel')}
        >
          <Button danger loading={end.isPending}>
            {t('sessions.endOthers')}
          </Button>
        </Popconfirm>
      )}
    </section>
  );
}
