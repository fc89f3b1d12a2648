import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import {
  DEFLATED_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  encodingOf,
  IMPLICIT_LITTLE_ENDIAN,
} from '../data-set/transfer-syntaxes.js';
import { DataSetRewriter, NotTranscodable } from './data-set-rewriter.js';

const REWRITABLE: ReadonlySet<string> = new Set([EXPLICIT_LITTLE_ENDIAN, DEFLATED_LITTLE_ENDIAN, EXPLICIT_BIG_ENDIAN]);

/** In which transfer syntaxes a data set can be given, the best first: only what is not compressed is written anew. */
export const givableSyntaxes = (transferSyntaxUid: string): readonly string[] =>
  REWRITABLE.has(transferSyntaxUid) ? [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN] : [transferSyntaxUid];

/**
 * A data set in one of its `givableSyntaxes`, as a stream; in its own one every byte is as it came. Throws a NotTranscodable,
 * perhaps only when something was yielded.
 */
export async function* inUsualSyntax(dataSet: AsyncIterable<Buffer>, from: string, to: string): AsyncGenerator<Buffer> {
  if (!givableSyntaxes(from).includes(to)) throw new NotTranscodable(`${from} is not written anew in ${to}`);
  const { bigEndian, deflated } = encodingOf(from);
  const plain = deflated && from !== to ? inflated(dataSet) : dataSet;
  if (to === from || (!bigEndian && to === EXPLICIT_LITTLE_ENDIAN)) {
    yield* plain;
    return;
  }
  const rewriter = new DataSetRewriter({ explicit: true, bigEndian }, { explicit: to === EXPLICIT_LITTLE_ENDIAN });
  yield* writtenBy(rewriter, plain);
}

/**
 * A data set of any syntax in explicit VR little endian, as a stream. Fragments of compressed pixel data stay as they are. Of what is
 * written so already every byte is as it came. Throws a NotTranscodable, perhaps only when something was yielded.
 */
export async function* inExplicitLittleEndian(dataSet: AsyncIterable<Buffer>, from: string): AsyncGenerator<Buffer> {
  const { explicit, bigEndian, deflated } = encodingOf(from);
  const plain = deflated ? inflated(dataSet) : dataSet;
  if (explicit && !bigEndian) yield* plain;
  else yield* writtenBy(new DataSetRewriter({ explicit, bigEndian }, { explicit: true }), plain);
}

async function* writtenBy(rewriter: DataSetRewriter, dataSet: AsyncIterable<Buffer>) {
  for await (const piece of dataSet) {
    const written = rewriter.write(piece);
    if (written.length > 0) yield written;
  }
  rewriter.end();
}

/** PS3.5 section A.5. */
async function* inflated(dataSet: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflating = createInflateRaw();
  // What breaks the source breaks the reading below.
  pipeline(dataSet, inflating).catch(() => undefined);
  try {
    yield* inflating;
  } catch (error) {
    throw isOfZlib(error) ? new NotTranscodable('The data set cannot be inflated', { cause: error }) : error;
  }
}

const isOfZlib = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('Z_');
