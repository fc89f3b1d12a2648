/**
 * The same chances for the same numbers, on every machine: each person, household and record has its own, so that any of them
 * can be made without those before it. The mixing is MurmurHash3's finalizer, the sequence mulberry32; both are in the public domain.
 */
export class Chance {
  private state: number;

  constructor(...numbers: readonly number[]) {
    this.state = numbers.reduce((state, number) => mixed(state ^ mixed(number + GOLDEN)), 0);
  }

  /** From 0 to 1, without 1. */
  share(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let value = imul(this.state ^ (this.state >>> 15), 1 | this.state);
    value = (value + imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  }

  happens(rate: number): boolean {
    return this.share() < rate;
  }

  /** A whole number from 0, below the count. */
  below(count: number): number {
    return floor(this.share() * count);
  }

  /** A whole number from the first to the last, both included. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('There is nothing to pick from');
    return value;
  }

  digits(count: number): string {
    let digits = '';
    while (digits.length < count) digits += this.below(10);
    return digits;
  }
}

/** What chances are for: those of one purpose say nothing of those of another. */
export const STREAM = {
  block: 1,
  day: 2,
  nameTwin: 3,
  household: 4,
  person: 5,
  visits: 6,
  record: 7,
  testPatient: 8,
  completion: 9,
} as const;

// Taken once: a look into the global object for each costs more than the chance, in a test's sandbox by far.
const { floor, imul } = Math;
const GOLDEN = 0x9e3779b9;

function mixed(number: number): number {
  let value = imul(number ^ (number >>> 16), 0x85ebca6b);
  value = imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
