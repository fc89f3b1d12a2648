import type { ListedObject, ObjectStore } from '@yinglian/objects';

/** Objects whose sizes are asked for at once. */
const TOGETHER = 16;

interface Found extends ListedObject {
  readonly isCompact: boolean;
}

/** Objects of a store, those that are there compact by the keys and with the sizes of what they hold. */
export async function* listPacks(
  store: ObjectStore,
  folder: string,
  { prefix, after }: { readonly prefix: string; readonly after: string },
  sizeOf: (object: ListedObject) => Promise<number>,
): AsyncGenerator<ListedObject> {
  const plain = store.list(prefix, after);
  const compact = store.list(folder + prefix, after === '' ? '' : folder + after);
  let together: Found[] = [];
  const sized = () =>
    Promise.all(
      together.map(async ({ key, sizeBytes, isCompact }) => ({
        key,
        sizeBytes: isCompact ? await sizeOf({ key, sizeBytes }) : sizeBytes,
      })),
    );
  for await (const found of merged(without(plain, folder), within(compact, folder))) {
    together.push(found);
    if (together.length < TOGETHER) continue;
    yield* await sized();
    together = [];
  }
  yield* await sized();
}

async function* without(objects: AsyncIterable<ListedObject>, folder: string): AsyncGenerator<Found> {
  for await (const object of objects) if (!object.key.startsWith(folder)) yield { ...object, isCompact: false };
}

async function* within(objects: AsyncIterable<ListedObject>, folder: string): AsyncGenerator<Found> {
  for await (const { key, sizeBytes } of objects) yield { key: key.slice(folder.length), sizeBytes, isCompact: true };
}

/** In the order of keys, each once: what is there as it came is what counts. */
async function* merged(plain: AsyncGenerator<Found>, compact: AsyncGenerator<Found>): AsyncGenerator<Found> {
  try {
    let [one, other] = [await plain.next(), await compact.next()];
    while (one.done !== true || other.done !== true) {
      if (other.done === true || (one.done !== true && one.value.key <= other.value.key)) {
        if (one.done === true) return;
        if (other.done !== true && other.value.key === one.value.key) other = await compact.next();
        yield one.value;
        one = await plain.next();
      } else {
        yield other.value;
        other = await compact.next();
      }
    }
  } finally {
    await Promise.all([plain.return(undefined), compact.return(undefined)]);
  }
}
