import { heldCurl } from './held-curl.js';

export interface DicomWebClient {
  readonly url: string;
  /** Absent for peers that let everybody in. */
  readonly authorization?: () => Promise<string>;
}

const headersOf = async (client: DicomWebClient): Promise<Record<string, string>> =>
  client.authorization === undefined ? {} : { authorization: await client.authorization() };

const headerArgs = (headers: Readonly<Record<string, string>>): string[] =>
  Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);

/** A QIDO-RS or WADO-RS metadata answer, parsed. */
export async function getJson(client: DicomWebClient, path: string): Promise<Record<string, { Value?: unknown[] }>[]> {
  const response = await fetch(`${client.url}${path}`, {
    headers: { ...(await headersOf(client)), accept: 'application/dicom+json' },
  });
  if (response.status === 204 || response.status === 404) return [];
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, { Value?: unknown[] }>[];
}

/** Who downloads one study after the other once it is let go, with curl, a client that costs little, and throws them away: their bytes. */
export async function heldDownload(client: DicomWebClient, paths: readonly string[]): Promise<() => Promise<number>> {
  const accept = 'multipart/related; type="application/dicom"; transfer-syntax=*';
  const go = heldCurl([
    '--fail',
    ...['-w', '%{size_download}\n'],
    ...headerArgs({ ...(await headersOf(client)), accept }),
    ...paths.flatMap((path) => ['-o', '/dev/null', `${client.url}${path}`]),
  ]);
  return async () =>
    (await go())
      .trim()
      .split('\n')
      .map(Number)
      .reduce((sum, bytes) => sum + bytes, 0);
}

const BOUNDARY = 'yinglian-bench';

/** The body of a request that stores Part 10 files by STOW-RS (PS3.18 section 10.5). */
export const stowBody = (files: readonly Buffer[]): Buffer =>
  Buffer.concat([
    ...files.flatMap((file) => [Buffer.from(`\r\n--${BOUNDARY}\r\nContent-Type: application/dicom\r\n\r\n`), file]),
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);

const stowHeaders = async (client: DicomWebClient) => ({
  ...(await headersOf(client)),
  accept: 'application/dicom+json',
  'content-type': `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`,
});

/** Stores Part 10 files in one request. */
export async function stow(client: DicomWebClient, files: readonly Buffer[]): Promise<void> {
  const response = await fetch(`${client.url}/studies`, {
    method: 'POST',
    headers: await stowHeaders(client),
    body: new Blob([stowBody(files)]),
  });
  if (response.status !== 200) throw new Error(`STOW-RS was answered ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
}

/** The same of bodies in files, one after the other once it is let go, with curl: Node's own client costs as much as the server that it asks. */
export async function heldStow(client: DicomWebClient, bodyPaths: readonly string[]): Promise<() => Promise<void>> {
  const go = heldCurl([
    ...['-w', '%{http_code}\n', '-X', 'POST'],
    ...headerArgs({ ...(await stowHeaders(client)), expect: '' }),
    ...bodyPaths.flatMap((path) => ['-o', '/dev/null', '--upload-file', path, `${client.url}/studies`]),
  ]);
  return async () => {
    const statuses = (await go()).trim().split('\n');
    const failed = statuses.find((status) => status !== '200');
    if (failed !== undefined || statuses.length !== bodyPaths.length) throw new Error(`STOW-RS was answered ${failed}`);
  };
}

/** The bodies of a multipart answer. */
export async function getParts(client: DicomWebClient, path: string): Promise<Buffer[]> {
  const response = await fetch(`${client.url}${path}`, {
    headers: { ...(await headersOf(client)), accept: 'multipart/related; type="application/dicom"; transfer-syntax=*' },
  });
  if (!response.ok) throw new Error(`${path} was answered ${response.status}`);
  const boundary = /boundary="?([^";]+)/.exec(response.headers.get('content-type') ?? '')?.[1];
  if (boundary === undefined) throw new Error('The answer is not multipart');
  const body = Buffer.from(await response.arrayBuffer());
  const mark = Buffer.from(`--${boundary}`);
  const parts: Buffer[] = [];
  for (let at = body.indexOf(mark); at >= 0; ) {
    const next = body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const head = body.indexOf('\r\n\r\n', at);
    parts.push(body.subarray(head + 4, next - 2));
    at = next;
  }
  return parts;
}
