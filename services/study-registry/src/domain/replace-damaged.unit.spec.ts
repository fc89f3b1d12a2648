import { expect, it } from '@jest/globals';
import { type PackContents, replaceDamaged } from './replace-damaged.js';

const pack = (digest: string, instances: readonly string[], leftOut: readonly number[] = []): PackContents => ({
  digest,
  instances: instances.map((name) => ({ sopInstanceUid: name.slice(0, 1), dataSetSha256: name })),
  leftOut,
});
const at = (digest: string, place: number, name: string) => ({
  digest,
  place,
  sopInstanceUid: name.slice(0, 1),
  dataSetSha256: name,
});

it('takes instances from packs that have them aside, the first that has one', () => {
  const others = [pack('one', ['c1', 'a1'], [0, 1]), pack('two', ['a1', 'b1'], [0, 1])];
  expect(replaceDamaged(pack('damaged', ['a1', 'b1']), others)).toEqual({
    exchanges: [
      { registered: at('one', 1, 'a1'), leftOut: at('damaged', 0, 'a1') },
      { registered: at('two', 1, 'b1'), leftOut: at('damaged', 1, 'b1') },
    ],
    isWhole: true,
  });
});

it('takes neither other bytes, nor what another pack registers, nor what the damaged one does not register', () => {
  const others = [pack('one', ['a2', 'b1', 'c1'], [0, 2])];
  expect(replaceDamaged(pack('damaged', ['a1', 'b1', 'c1'], [2]), others)).toEqual({ exchanges: [], isWhole: false });
});

it('has nothing to do for a pack that registers nothing', () => {
  expect(replaceDamaged(pack('damaged', ['a1'], [0]), [])).toEqual({ exchanges: [], isWhole: true });
});
