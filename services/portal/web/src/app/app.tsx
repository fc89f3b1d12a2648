import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US.js';
import zhCN from 'antd/locale/zh_CN.js';
import { Problem } from '../http/problem.js';
import { useLanguage } from '../i18n/use-language.js';
import type { Account } from '../session/account.js';
import { AccountContext } from '../session/session-context.js';
import { router } from './router.js';
import { theme } from './theme.js';

const MOST_RETRIES = 3;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What a service decided stays so; what it could not answer is asked again.
      retry: (failures, error) => failures < MOST_RETRIES && error instanceof Problem && error.passes,
      retryDelay: (attempt) => 500 * 2 ** attempt,
    },
  },
});

/** The signed-in application. */
export function App({ account }: { account: Account }) {
  const language = useLanguage();
  return (
    <ConfigProvider theme={theme} locale={language === 'zh' ? zhCN : enUS} button={{ autoInsertSpace: false }}>
      <AntApp>
        <AccountContext value={account}>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </AccountContext>
      </AntApp>
    </ConfigProvider>
  );
}
