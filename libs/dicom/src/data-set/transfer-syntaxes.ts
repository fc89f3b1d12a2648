export const IMPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2';
export const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
export const DEFLATED_LITTLE_ENDIAN = '1.2.840.10008.1.2.1.99';
export const EXPLICIT_BIG_ENDIAN = '1.2.840.10008.1.2.2';

/** Transfer syntaxes whose Pixel Data is a plain array; every other one, known or not, is encapsulated when its length says so. */
export const NATIVE_TRANSFER_SYNTAXES: ReadonlySet<string> = new Set([
  IMPLICIT_LITTLE_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  DEFLATED_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
]);

/** Data sets that are written in another way than their syntax's own: its twin among those that every reader knows. */
const TWINS: ReadonlyMap<string, string> = new Map([
  // JPIP Referenced Deflate and JPIP HTJ2K Referenced Deflate.
  ['1.2.840.10008.1.2.4.95', DEFLATED_LITTLE_ENDIAN],
  ['1.2.840.10008.1.2.4.205', DEFLATED_LITTLE_ENDIAN],
  // GE's private syntax of the DLX: implicit VR little endian, but for its pixels.
  ['1.2.840.113619.5.2', IMPLICIT_LITTLE_ENDIAN],
]);

/** The standard syntax whose data sets are written like those of another one; undefined when it is a usual one. */
export const twinOf = (transferSyntaxUid: string): string | undefined => TWINS.get(transferSyntaxUid);

/** How data sets are written: explicit little endian in all but a few syntaxes, private ones included (PS3.5 annex A). */
export function encodingOf(transferSyntaxUid: string) {
  const syntax = twinOf(transferSyntaxUid) ?? transferSyntaxUid;
  return {
    explicit: syntax !== IMPLICIT_LITTLE_ENDIAN,
    bigEndian: syntax === EXPLICIT_BIG_ENDIAN,
    deflated: syntax === DEFLATED_LITTLE_ENDIAN,
  };
}
