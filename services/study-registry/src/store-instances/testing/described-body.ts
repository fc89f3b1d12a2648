import { BOUNDARY } from '@yinglian/testing';

export interface DescribedPart {
  readonly type: string;
  readonly location: string;
  readonly body: Buffer;
}

export const METADATA_TYPE = `multipart/related; type="application/dicom+json"; boundary=${BOUNDARY}`;
export const XML_TYPE = METADATA_TYPE.replace('json', 'xml');

const ENDING = `--${BOUNDARY}--\r\n`;

/** A body of metadata and bulk data; a text is taken for what it is. */
export function describedBody(metadata: unknown, parts: readonly DescribedPart[] = [], ending = ENDING) {
  const text = typeof metadata === 'string' ? metadata : JSON.stringify(metadata);
  return Buffer.concat([part(['application/dicom+json'], text), ...parts.map(bulkDataPart), Buffer.from(ending)]);
}

/** The same in XML: a document for each instance. */
export const describedInXml = (documents: readonly (string | Buffer)[], parts: readonly DescribedPart[] = []) =>
  Buffer.concat([
    ...documents.map((document) => part(['application/dicom+xml'], document)),
    ...parts.map(bulkDataPart),
    Buffer.from(ENDING),
  ]);

const bulkDataPart = ({ type, location, body }: DescribedPart) => part([type, `Content-Location: ${location}`], body);

const part = (head: readonly string[], body: string | Buffer) =>
  Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Type: ${head.join('\r\n')}\r\n\r\n`),
    Buffer.from(body),
    Buffer.from('\r\n'),
  ]);
