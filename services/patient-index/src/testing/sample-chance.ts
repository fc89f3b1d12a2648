/** The same chances for the same seed, on every machine (mulberry32, in the public domain). */
export class SampleChance {
  constructor(private state: number) {}

  /** From 0 to 1, without 1. */
  readonly share = (): number => {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };

  happens(rate: number): boolean {
    return this.share() < rate;
  }

  below(count: number): number {
    return Math.floor(this.share() * count);
  }

  /** Below the count, the first ones more often. */
  ranked(count: number): number {
    return Math.floor(this.share() ** 2 * count);
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  }

  rankedOf(values: readonly string[]): string {
    return values[this.ranked(values.length)] ?? '';
  }

  /** So many digits that begin with these. */
  digits(start: string, length: number): string {
    let digits = start;
    while (digits.length < length) digits += this.below(10);
    return digits;
  }
}
