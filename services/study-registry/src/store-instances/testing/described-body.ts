import { BOUNDARY } from '@yinglian/testing';

export interface DescribedPart {
  readonly type: string;
  readonly location: string;
  readonly body: Buffer;
}

export const METADATA_TYPE = `multipart/related; type="application/dicom+json"; boundary=${BOUNDARY}`;

/** A body of metadata and bulk data; a text is taken for what it is. */
export function describedBody(metadata: unknown, parts: readonly DescribedPart[] = [], ending = `--${BOUNDARY}--\r\n`) {
  const text = typeof metadata === 'string' ? metadata : JSON.stringify(metadata);
  return Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Type: application/dicom+json\r\n\r\n${text}\r\n`),
    ...parts.flatMap(({ type, location, body }) => [
      Buffer.from(`--${BOUNDARY}\r\nContent-Type: ${type}\r\nContent-Location: ${location}\r\n\r\n`),
      body,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(ending),
  ]);
}
