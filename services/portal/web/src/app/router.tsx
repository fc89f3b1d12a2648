import { createRootRoute, createRoute, createRouter, Link, lazyRouteComponent, Navigate } from '@tanstack/react-router';
import { ProblemNotice } from '@yinglian/web/browser';
import { Result, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { isListName, type ListName } from '../features/disposals/domain/disposal.js';
import { useAccount } from '../session/session-context.js';
import { screensOf } from './navigation.js';
import { Shell } from './shell.js';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

// Each role's screen is a bundle of its own.
const screen = <const Path extends string>(path: Path, load: () => Promise<{ default: () => React.ReactNode }>) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) });

const routes = [
  createRoute({ getParentRoute: () => root, path: '/', component: Home }),
  screen('/people', () => import('./pages/people-page.js')),
  screen('/people/$personId', () => import('./pages/person-page.js')),
  screen('/people/$personId/counter', () => import('./pages/counter-page.js')),
  screen('/mine', () => import('./pages/own-record-page.js')),
  screen('/hospitals', () => import('./pages/hospitals-page.js')),
  screen('/completeness', () => import('./pages/completeness-page.js')),
  screen('/operations', () => import('./pages/operations-page.js')),
  screen('/accesses', () => import('./pages/accesses-page.js')),
  screen('/emergencies', () => import('./pages/emergencies-page.js')),
  screen('/emergencies/$breakGlassId', () => import('./pages/emergency-page.js')),
  screen('/policies', () => import('./pages/policies-page.js')),
  screen('/cases', () => import('./pages/cases-page.js')),
  screen('/cases/$caseId', () => import('./pages/case-page.js')),
  screen('/statistics', () => import('./pages/statistics-page.js')),
  screen('/notices', () => import('./pages/notices-page.js')),
  createRoute({
    getParentRoute: () => root,
    path: '/conflicts',
    component: lazyRouteComponent(() => import('./pages/conflicts-page.js')),
    // Which question is shown: its number, nothing of the patient.
    validateSearch: ({ conflict }: Record<string, unknown>): { conflict?: number } =>
      Number.isSafeInteger(Number(conflict)) && Number(conflict) > 0 ? { conflict: Number(conflict) } : {},
  }),
  screen('/matching', () => import('./pages/matching-page.js')),
  screen('/questions', () => import('./pages/questions-page.js')),
  screen('/quarantine', () => import('./pages/quarantine-page.js')),
  screen('/quarantine/$caseId', () => import('./pages/quarantine-case-page.js')),
  screen('/withdrawals', () => import('./pages/withdrawals-page.js')),
  screen('/withdrawals/$studyUid', () => import('./pages/withdrawal-page.js')),
  createRoute({
    getParentRoute: () => root,
    path: '/disposals',
    component: lazyRouteComponent(() => import('./pages/disposals-page.js')),
    validateSearch: ({ list }: Record<string, unknown>): { list?: ListName } =>
      typeof list === 'string' && isListName(list) ? { list } : {},
  }),
  screen('/approvals', () => import('./pages/approvals-page.js')),
  screen('/accounts', () => import('./pages/accounts-page.js')),
  screen('/account', () => import('./pages/account-page.js')),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: () => <Skeleton active className="page" />,
  defaultErrorComponent: ({ error, reset }) => (
    <div className="page">
      <ProblemNotice error={error} onRetry={reset} />
    </div>
  ),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** The first screen of the person's role; whoever has none sees their account. */
function Home() {
  const [first] = screensOf(useAccount());
  return <Navigate to={first?.path ?? '/account'} replace />;
}

function NotFound() {
  const { t } = useTranslation();
  return <Result status="404" title={t('notFound.title')} extra={<Link to="/">{t('notFound.home')}</Link>} />;
}
