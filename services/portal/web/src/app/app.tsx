import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { AppFrame, retry } from '@yinglian/web/browser';
import type { Account } from '../session/account.js';
import { AccountContext } from '../session/session-context.js';
import { router } from './router.js';

const queries = new QueryClient({ defaultOptions: { queries: retry } });

/** The signed-in application. */
export function App({ account }: { account: Account }) {
  return (
    <AppFrame>
      <AccountContext value={account}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AccountContext>
    </AppFrame>
  );
}
