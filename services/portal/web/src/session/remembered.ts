import { useSyncExternalStore } from 'react';

/** Something that a screen is to find again when somebody comes back to it. In memory only: never in an address, never on disk. */
export function remembered<Value>(first: Value) {
  let last = first;
  const listeners = new Set<() => void>();
  const listen = (tell: () => void) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  };
  return {
    set(value: Value): void {
      last = value;
      for (const tell of listeners) tell();
    },
    use: () => useSyncExternalStore(listen, () => last),
  };
}
