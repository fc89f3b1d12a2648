/** Memory for what is sent: a fixed number of buffers of one size, lent one at a time. Who finds none waits its turn. */
export class PartBuffers {
  private readonly free: Buffer[] = [];
  private readonly waiting: ((buffer: Buffer) => void)[] = [];
  private made = 0;

  constructor(
    private readonly atMost: number,
    readonly sizeBytes: number,
  ) {}

  async with<T>(use: (buffer: Buffer) => Promise<T>): Promise<T> {
    const buffer = await this.take();
    try {
      return await use(buffer);
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free.push(buffer);
      else next(buffer);
    }
  }

  private take(): Promise<Buffer> {
    const free = this.free.pop();
    if (free !== undefined) return Promise.resolve(free);
    if (this.made === this.atMost) return new Promise((resolve) => this.waiting.push(resolve));
    this.made += 1;
    return Promise.resolve(Buffer.allocUnsafeSlow(this.sizeBytes));
  }
}
