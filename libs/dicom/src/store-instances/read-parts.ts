import type { Readable } from 'node:stream';
import { MultipartError, MultipartReader, type PartHead, TooManyParts } from './multipart-reader.js';
import { receivedFrom } from './received-body.js';

/** Parts of one request; what became of each is in the answer. */
export const MOST_PARTS = 20_000;

/** One file on its way in. */
export interface IncomingPart<Outcome> {
  /** A promise asks to wait. What it throws or rejects with ends the request; a MultipartError says why that makes no sense. */
  write(bytes: Buffer): Promise<void> | undefined;
  /** All of it came. Resolves when the next part may begin; what becomes of this one may be known later. */
  finish(): Promise<{ readonly outcome: Outcome | Promise<Outcome> }>;
  /** The rest of it does not come. */
  discard(): Promise<void>;
}

export interface ReadParts<Outcome> {
  /** In the order of the parts. */
  readonly outcomes: readonly (Outcome | Promise<Outcome>)[];
  /** Why the parts are not all that the body should have. */
  readonly broken?: MultipartError;
}

export interface PartsBody {
  readonly body: Readable;
  /** Undefined when all of the body is one file. */
  readonly boundary: string | undefined;
  /** Silence after which the sender is given up. */
  readonly idleMs: number;
}

/** Leads each part of a STOW-RS request to where `begin` says, as it comes. */
export async function readParts<Outcome>(
  { body, boundary, idleMs }: PartsBody,
  begin: (head: PartHead) => IncomingPart<Outcome>,
): Promise<ReadParts<Outcome>> {
  const reader = boundary === undefined ? undefined : new MultipartReader(boundary);
  const outcomes: (Outcome | Promise<Outcome>)[] = [];
  let part = reader === undefined ? begin({ contentType: '', contentLocation: '' }) : undefined;
  const finish = async () => {
    const finished = await part?.finish();
    part = undefined;
    if (finished !== undefined) outcomes.push(settled(finished.outcome));
  };
  try {
    for await (const chunk of receivedFrom(body, idleMs)) {
      for (const event of reader?.read(chunk) ?? [{ kind: 'data' as const, bytes: chunk }]) {
        if (event.kind === 'part') {
          if (outcomes.length >= MOST_PARTS) throw new TooManyParts(`There are more than ${MOST_PARTS} parts`);
          part = begin(event);
        } else if (event.kind === 'data') {
          const wait = part?.write(event.bytes);
          if (wait !== undefined) await wait;
        } else await finish();
      }
    }
    if (reader?.isFinished === false) throw new MultipartError('The body ends before its last boundary');
    await finish();
    return { outcomes };
  } catch (error) {
    if (!(error instanceof MultipartError)) throw error;
    return { outcomes, broken: error };
  } finally {
    await part?.discard();
  }
}

/** What goes wrong is seen where it is awaited; until then it must not count as nobody's. */
function settled<Outcome>(outcome: Outcome | Promise<Outcome>): Outcome | Promise<Outcome> {
  if (outcome instanceof Promise) outcome.catch(() => {});
  return outcome;
}

/** A part of which it is known before its first byte what becomes of it. */
export const ignoredPart = <Outcome>(outcome: Outcome): IncomingPart<Outcome> => ({
  write: () => undefined,
  finish: async () => ({ outcome }),
  discard: async () => {},
});

/** A part that does not say what it is, is what the request says: application/dicom. */
export const isDicomPart = (contentType: string): boolean =>
  /^(application\/dicom\s*(;|$)|application\/octet-stream|$)/i.test(contentType);
