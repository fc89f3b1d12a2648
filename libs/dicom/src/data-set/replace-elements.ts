import { ElementWalker } from '../scan/element-walker.js';
import { HeaderError } from './parse-header.js';
import { EXPLICIT_LITTLE_ENDIAN } from './transfer-syntaxes.js';
import { type WrittenElement, writeDataSet } from './write-data-set.js';

interface Placed {
  readonly tag: number;
  readonly bytes: Buffer;
}

/**
 * Whole elements of a data set in explicit VR little endian, some of them replaced, added or left out; all others are the bytes that
 * they were. Throws a HeaderError when the elements make no sense.
 */
export function replaceElements(
  elements: Buffer,
  replaced: readonly WrittenElement[],
  leftOut: ReadonlySet<number> = new Set(),
): Buffer {
  const changed = new Set([...leftOut, ...replaced.map(({ tag }) => tag)]);
  const kept = placed(elements).filter(({ tag }) => !changed.has(tag));
  const written = replaced.map((each) => ({ tag: each.tag, bytes: writeDataSet([each], EXPLICIT_LITTLE_ENDIAN) }));
  return Buffer.concat(written.reduce(inPlace, kept).map(({ bytes }) => bytes));
}

/** Before the first one with a higher tag, so that what is out of order stays where it is. */
function inPlace(elements: readonly Placed[], element: Placed): Placed[] {
  const at = elements.findIndex(({ tag }) => tag > element.tag);
  return at < 0 ? [...elements, element] : elements.toSpliced(at, 0, element);
}

function placed(elements: Buffer): Placed[] {
  const places: { tag: number; offset: number }[] = [];
  const walker = new ElementWalker(
    { explicit: true, bigEndian: false },
    {
      element: (place) => {
        places.push(place);
        return false;
      },
      value: () => undefined,
    },
  );
  walker.write(elements);
  if (walker.lost || walker.isCutShort) throw new HeaderError('The elements cannot be told apart', false);
  return places.map(({ tag, offset }, at) => ({ tag, bytes: elements.subarray(offset, places[at + 1]?.offset) }));
}
