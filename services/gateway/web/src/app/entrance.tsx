import { LanguageSwitch, mark, ProblemNotice } from '@yinglian/web/browser';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../features/session/api/session.js';
import { NoAccounts } from '../features/session/components/no-accounts.js';
import { SignIn } from '../features/session/components/sign-in.js';
import { Shell } from './shell.js';

/** Everything for who is signed in; for everybody else the way in, and nothing of the gateway. */
export function Entrance() {
  const session = useSession();
  if (session.data?.user) return <Shell user={session.data.user} />;
  return (
    <Outside>
      {session.isPending && <Skeleton active />}
      {session.isError && <ProblemNotice error={session.error} onRetry={() => void session.refetch()} />}
      {session.data?.hasAccounts === false && <NoAccounts />}
      {session.data?.hasAccounts === true && <SignIn />}
    </Outside>
  );
}

function Outside({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="entrance">
      <header>
        <img src={mark} alt="" width={56} height={56} />
        <h1>{t('product.name')}</h1>
        <p>{t('product.tagline')}</p>
      </header>
      <main className="panel">{children}</main>
      <LanguageSwitch />
    </div>
  );
}
