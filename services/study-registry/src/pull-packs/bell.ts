/** Wakes those of this process who wait for something to happen to a key. */
export class Bell {
  private readonly waiting = new Map<string, Set<() => void>>();

  ring(key: string): void {
    for (const wake of this.waiting.get(key) ?? []) wake();
  }

  ringAll(): void {
    for (const key of this.waiting.keys()) this.ring(key);
  }

  /** Resolves at the next ring with true, or when the time is over. */
  async wait(key: string, longestMs: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(resolve, longestMs, false);
    const wake = () => resolve(true);
    const ofKey = this.waiting.get(key) ?? new Set();
    this.waiting.set(key, ofKey.add(wake));
    const isRung = await promise;
    clearTimeout(timer);
    ofKey.delete(wake);
    if (ofKey.size === 0 && this.waiting.get(key) === ofKey) this.waiting.delete(key);
    return isRung;
  }
}
