import type { Chance } from './chance.js';
import { RATES, type RateName } from './rates.js';

/** What went wrong, or otherwise than usual, in one record: it is kept, so that a matcher's errors can be told apart. */
export class Slips {
  readonly happened: RateName[] = [];

  constructor(readonly chance: Chance) {}

  happens(name: RateName): boolean {
    const does = this.chance.happens(RATES[name].rate);
    if (does) this.happened.push(name);
    return does;
  }

  /** What is made of the text when it happens, where there is anything to change. */
  maybe(name: RateName, text: string, change: (text: string, chance: Chance) => string | null): string {
    if (!this.chance.happens(RATES[name].rate)) return text;
    const changed = change(text, this.chance);
    if (changed === null || changed === text) return text;
    this.happened.push(name);
    return changed;
  }
}
