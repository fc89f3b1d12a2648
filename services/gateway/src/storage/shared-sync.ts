/** One sync for all who wait: whoever asks while one runs shares the one after it. */
export class SharedSync {
  private last: Promise<void> = Promise.resolve();
  /** It has not begun: whoever comes now need not wait for another one. */
  private next: Promise<void> | undefined;

  constructor(private readonly sync: () => Promise<void>) {}

  /** Ends as a sync does that begins after the call. */
  done(): Promise<void> {
    this.next ??= this.last = this.settled().then(() => {
      this.next = undefined;
      return this.sync();
    });
    return this.next;
  }

  /** Resolves when all that were asked for have ended, well or not. */
  settled(): Promise<void> {
    return this.last.catch(() => undefined);
  }
}
