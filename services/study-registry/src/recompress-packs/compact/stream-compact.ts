import { ObjectDamaged } from '@yinglian/objects';
import { ByteSource } from './byte-source.js';
import { checkedBand, type DecodesBands } from './checked-band.js';
import { HEAD_BYTES, parseTable, type Segment, tableBytes } from './compact-table.js';

/** The bytes of a pack from one of them on, by its compact object read once from the first byte to the last. @throws ObjectDamaged */
export async function* streamCompact(
  stored: AsyncIterable<Buffer>,
  bands: DecodesBands,
  from = 0,
): AsyncGenerator<Buffer> {
  const source = new ByteSource(stored);
  try {
    const { segments } = parseTable(await source.take(tableBytes(await source.take(HEAD_BYTES))));
    let at = 0;
    for (const segment of segments) {
      for await (const piece of piecesOf(segment, source, bands)) {
        const skipped = Math.min(Math.max(from - at, 0), piece.length);
        at += piece.length;
        if (skipped < piece.length) yield piece.subarray(skipped);
      }
    }
    if (!(await source.hasEnded())) throw new ObjectDamaged('A compact object does not end where it should');
  } finally {
    await source.close();
  }
}

async function* piecesOf(segment: Segment, source: ByteSource, bands: DecodesBands): AsyncGenerator<Buffer> {
  if (segment.coded === undefined) return yield* source.pass(segment.bytes);
  const { buffer, byteOffset, length } = await checkedBand(segment, await source.take(segment.coded.bytes), bands);
  yield Buffer.from(buffer, byteOffset, length);
}
