/** Repeatable random numbers in [0, 1): a home sends the same samples again after it was interrupted. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TABLE = 1 << 16;

/** Adds normally distributed noise of the given deviation, drawn from a table at random places. */
export function noiseSource(seed: number): (deviation: number) => number {
  const random = randomNumbers(seed);
  const table = Float32Array.from({ length: TABLE }, () => {
    // Box and Muller
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * Math.cos(2 * Math.PI * random());
  });
  let place = 0;
  return (deviation) => {
    place = (place + 40_503) & (TABLE - 1);
    if (place === 0) place = Math.floor(random() * TABLE);
    return (table[place] ?? 0) * deviation;
  };
}
