export const BOUNDARY = 'a-boundary';

/** A multipart/related body of those parts; `ending` is what follows the last one. */
export const multipart = (
  parts: readonly Uint8Array[],
  { contentType = 'application/dicom', ending = `\r\n--${BOUNDARY}--\r\n` } = {},
): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    Buffer.concat([
      ...parts.flatMap((part) => [Buffer.from(`\r\n--${BOUNDARY}\r\nContent-Type: ${contentType}\r\n\r\n`), part]),
      Buffer.from(ending),
    ]),
  );
