import type { Readable } from 'node:stream';
import type { UnfinishedName } from '@yinglian/objects';

/** Who sends nothing for so long is gone; a gateway gives up later than that. */
const LONGEST_SILENCE_MS = 30_000;

/** The connection ended before the pack did. */
export class UploadBroken extends Error {
  override readonly name = 'UploadBroken';
}

interface Upload {
  readonly bytes: Readable;
  readonly done: Promise<unknown>;
}

/** Packs that stream in now. Half-open connections end by their silence, or when their gateway comes again another way. */
export class UploadsUnderWay {
  private readonly uploads = new Map<string, Set<Upload>>();

  async run<T>(
    name: UnfinishedName,
    bytes: Readable,
    receive: (pieces: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<T> {
    const key = keyOf(name);
    const upload = { bytes, done: receive(piecesOf(bytes)) };
    const ofName = this.uploads.get(key) ?? new Set();
    this.uploads.set(key, ofName.add(upload));
    try {
      return await upload.done;
    } finally {
      ofName.delete(upload);
      if (ofName.size === 0) this.uploads.delete(key);
    }
  }

  /** Resolves when what came is laid by. */
  async breakOff(name: UnfinishedName): Promise<void> {
    const uploads = [...(this.uploads.get(keyOf(name)) ?? [])];
    for (const { bytes } of uploads) bytes.destroy(new Error('The gateway asks for the pack anew'));
    await Promise.allSettled(uploads.map(({ done }) => done));
  }
}

const keyOf = ({ owner, name }: UnfinishedName) => `${owner} ${name}`;

async function* piecesOf(bytes: Readable): AsyncGenerator<Uint8Array> {
  const silence = setTimeout(() => bytes.destroy(new Error('Nothing more came')), LONGEST_SILENCE_MS);
  try {
    // Not destroyed when it is not wanted any more: the answer goes out on the same connection, and the next request comes on it.
    for await (const piece of bytes.iterator({ destroyOnReturn: false })) {
      silence.refresh();
      yield piece;
    }
  } catch (error) {
    throw new UploadBroken('The connection ended before the pack did', { cause: error });
  } finally {
    clearTimeout(silence);
  }
}
