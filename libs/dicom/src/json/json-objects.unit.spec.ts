import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JsonArrayError, JsonObjects } from './json-objects.js';

const LIMITS = { bytes: 1_000_000, bytesOfObject: 100_000 };

/** Cut into pieces of so many bytes. */
function objectsOf(text: string, pieceBytes: number, limits = LIMITS): unknown[] {
  const bytes = Buffer.from(text);
  const reader = new JsonObjects(limits);
  const objects: unknown[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    for (const object of reader.read(bytes.subarray(at, at + pieceBytes))) objects.push(JSON.parse(object.toString()));
  }
  reader.end();
  return objects;
}

describe('an array of objects that comes in pieces', () => {
  it('gives each object, wherever it is cut', () => {
    const anObject = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(fc.array(anObject), fc.integer({ min: 1, max: 40 }), fc.boolean(), (objects, pieceBytes, isWide) => {
        const text = JSON.stringify(objects, null, isWide ? 2 : 0);
        expect(objectsOf(text, pieceBytes)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each(['', '[', '[{}', '[{},]', '[,{}]', '[{}{}]', '{}', '[1]', '[{}] x', '[[{}]]', '["{}"]', '[{]', 'null'])(
    'refuses %s',
    (text) => {
      expect(() => objectsOf(text, 3)).toThrow();
    },
  );

  it('reads no further than it may', () => {
    const refusal = (limits: typeof LIMITS) => {
      try {
        objectsOf('[{"a":"0123456789"},{}]', 5, limits);
        return undefined;
      } catch (error) {
        return error instanceof JsonArrayError && error.isTooLong;
      }
    };
    expect(refusal({ bytes: 23, bytesOfObject: 18 })).toBeUndefined();
    expect([refusal({ bytes: 22, bytesOfObject: 18 }), refusal({ bytes: 23, bytesOfObject: 17 })]).toEqual([
      true,
      true,
    ]);
  });
});
