import type { Chance } from './chance.js';

/** Things of which some come more often than others. */
export class Weighted<T> {
  private readonly ends: number[] = [];
  private total = 0;

  constructor(private readonly entries: readonly (readonly [value: T, weight: number])[]) {
    for (const [, weight] of entries) {
      this.total += weight;
      this.ends.push(this.total);
    }
  }

  pick(chance: Chance): T {
    const at = chance.share() * this.total;
    let [low, high] = [0, this.ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ends[middle] ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    const entry = this.entries[low];
    if (entry === undefined) throw new Error('There is nothing to pick from');
    return entry[0];
  }
}
