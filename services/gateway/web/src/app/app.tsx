import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { AppFrame, Problem, retry } from '@yinglian/web/browser';
import { SESSION_KEY } from '../features/session/api/session.js';
import { Entrance } from './entrance.js';

/** A session that has ended is asked for again, wherever that was noticed. */
const onError = (error: Error) => {
  if (error instanceof Problem && error.code === 'PAGE_SIGN_IN_NEEDED') {
    void queries.invalidateQueries({ queryKey: SESSION_KEY });
  }
};

const queries: QueryClient = new QueryClient({
  defaultOptions: { queries: retry },
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
});

export function App() {
  return (
    <AppFrame>
      <QueryClientProvider client={queries}>
        <Entrance />
      </QueryClientProvider>
    </AppFrame>
  );
}
