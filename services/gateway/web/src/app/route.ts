import { useSyncExternalStore } from 'react';

/** The page's screens, by the address behind the #. */
export const SCREENS = ['overview', 'exams', 'devices', 'held'] as const;
export type Screen = (typeof SCREENS)[number];

const subscribe = (onChange: () => void) => {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
};

const current = (): Screen => SCREENS.find((screen) => location.hash === hrefOf(screen)) ?? 'overview';

export const hrefOf = (screen: Screen) => (screen === 'overview' ? '#/' : `#/${screen}`);

export const useScreen = (): Screen => useSyncExternalStore(subscribe, current);
