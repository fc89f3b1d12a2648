/** Says what happens, with the seconds since the chaos began. */
export type Say = (text: string) => void;

export function stopwatch(write: (line: string) => void): Say {
  const startedAt = performance.now();
  return (text) => write(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${text}`);
}
