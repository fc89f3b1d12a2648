import { type CutText, roomFor, writeWithIdentity } from '../domain/identified-text.js';

const [OPENING, COMMA, CLOSING] = ['[', ',', ']'].map((character) => character.charCodeAt(0)) as [
  number,
  number,
  number,
];

/** An array of data sets under one identity, in pieces as long as `scratch` allows; what is longer by itself is a piece of its own. */
export async function* jsonArray(
  texts: AsyncIterable<readonly CutText[]>,
  identity: readonly Buffer[],
  scratch: Buffer,
): AsyncGenerator<Buffer> {
  let separator = OPENING;
  let filled = 0;
  for await (const ofPack of texts) {
    for (const text of ofPack) {
      // With its separator, and what closes the array.
      const room = roomFor(text, identity) + 2;
      if (room > scratch.length - filled && filled > 0) {
        yield scratch.subarray(0, filled);
        filled = 0;
      }
      const into = room > scratch.length ? Buffer.allocUnsafeSlow(room) : scratch;
      into[filled] = separator;
      separator = COMMA;
      const end = writeWithIdentity(into, filled + 1, text, identity);
      if (into === scratch) filled = end;
      else yield into.subarray(0, end);
    }
  }
  if (separator === OPENING) scratch[filled++] = OPENING;
  scratch[filled++] = CLOSING;
  yield scratch.subarray(0, filled);
}
