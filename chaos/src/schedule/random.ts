import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that is the same each time it is begun with the same seed. */
export class Random {
  private readonly generator;

  private constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  /** Each name has a chance of its own, so that what one part draws does not move what another draws. */
  static of(seed: number, ...names: readonly (string | number)[]): Random {
    return new Random(hash([seed, ...names].join('/')));
  }

  /** At least `low`, less than `high`; both may be larger than 32 bits. */
  readonly between = (low: number, high: number): number => uniformInt(this.generator, low, high - 1);

  readonly below = (high: number): number => this.between(0, high);

  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  /** A copy in another order (Fisher and Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const left = [...items];
    return items.flatMap(() => left.splice(this.below(left.length), 1));
  }
}

/** FNV-1a, 32 bits. */
const hash = (text: string) =>
  [...text].reduce((sum, character) => Math.imul(sum ^ (character.codePointAt(0) ?? 0), 16_777_619), 2_166_136_261);
