import { setTimeout as pause } from 'node:timers/promises';

/** Lets a loop sleep until something happens or some time has passed; a wake-up that comes while it works is not lost. */
export class WakeUp {
  private woken = false;
  private resume: (() => void) | undefined;
  private restedUntil = 0;

  /**
   * @param restMs Between two wake-ups at least: the first of many events is seen at once, those that follow are seen
   * together. Looking for each of them would cost more than handling them.
   */
  constructor(private readonly restMs = 0) {}

  wake(): void {
    this.woken = true;
    this.resume?.();
  }

  async wait(ms: number): Promise<void> {
    if (!this.woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.resume = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.resume = undefined;
    }
    const restMs = Math.min(this.restedUntil - performance.now(), ms);
    if (restMs > 0) await pause(restMs);
    this.restedUntil = performance.now() + this.restMs;
    this.woken = false;
  }
}
