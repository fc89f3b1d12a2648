import { LanguageSwitch, mark } from '@yinglian/web/browser';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SessionState } from '../../../src/sign-in/session-state.js';
import { SignOut } from '../features/session/components/sign-out.js';
import { useStatus } from '../features/status/api/read-status.js';
import { Silence } from '../features/status/components/silence.js';
import { heldCount } from '../features/status/domain/held-count.js';
import { DevicesPage } from './pages/devices-page.js';
import { ExamsPage } from './pages/exams-page.js';
import { HeldPage } from './pages/held-page.js';
import { OverviewPage } from './pages/overview-page.js';
import { hrefOf, SCREENS, useScreen } from './route.js';

/** The bar, and the screen below it; both follow the gateway's status. */
export function Shell({ user }: { user: NonNullable<SessionState['user']> }) {
  const { t } = useTranslation();
  const screen = useScreen();
  const status = useStatus();
  const held = status.data === undefined ? 0 : heldCount(status.data);
  return (
    <>
      <header className="bar">
        <a href={hrefOf('overview')} className="brand">
          <img src={mark} alt="" width={28} height={28} />
          <span>{t('product.name')}</span>
        </a>
        <nav aria-label={t('product.name')}>
          {SCREENS.map((each) => (
            <a
              key={each}
              href={hrefOf(each)}
              className="nav-link"
              {...(each === screen ? { 'aria-current': 'page' } : {})}
            >
              {t(`nav.${each}`)}
              {each === 'held' && held > 0 && <span className="nav-count figures">{held}</span>}
            </a>
          ))}
        </nav>
        <span className="spacer" />
        <LanguageSwitch />
        <SignOut user={user} />
      </header>
      <main className="page wide">
        <Silence status={status} />
        {status.data === undefined ? (
          status.isPending && <Skeleton active />
        ) : (
          <div className={status.isError ? 'is-stale' : undefined}>
            {screen === 'overview' && <OverviewPage status={status.data} />}
            {screen === 'exams' && <ExamsPage now={status.data.at} />}
            {screen === 'devices' && <DevicesPage status={status.data} />}
            {screen === 'held' && <HeldPage status={status.data} />}
          </div>
        )}
      </main>
    </>
  );
}
