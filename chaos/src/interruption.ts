/** Somebody wants it to end. */
export class Interruption extends Error {}

/** Rejects when a signal, or the end of the process that started this one, asks to end; never resolves. */
export function interruption(): Promise<never> {
  const interrupted = new Promise<never>((_, reject) => {
    const end = () => reject(new Interruption('Interrupted'));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
    process.once('disconnect', end);
  });
  // It counts where it is awaited, which may be later.
  interrupted.catch(() => {});
  return interrupted;
}
