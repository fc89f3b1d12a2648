import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface DicomWebClient {
  readonly url: string;
  /** Absent for peers that let everybody in. */
  readonly authorization?: () => Promise<string>;
}

const headersOf = async (client: DicomWebClient): Promise<Record<string, string>> =>
  client.authorization === undefined ? {} : { authorization: await client.authorization() };

/** A QIDO-RS or WADO-RS metadata answer, parsed. */
export async function getJson(client: DicomWebClient, path: string): Promise<Record<string, { Value?: unknown[] }>[]> {
  const response = await fetch(`${client.url}${path}`, {
    headers: { ...(await headersOf(client)), accept: 'application/dicom+json' },
  });
  if (response.status === 204 || response.status === 404) return [];
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, { Value?: unknown[] }>[];
}

/** Downloads one study after the other with curl, a client that costs little, and throws them away. Returns their bytes. */
export async function download(client: DicomWebClient, ...paths: readonly string[]): Promise<{ bytes: number }> {
  const headers = Object.entries({
    ...(await headersOf(client)),
    accept: 'multipart/related; type="application/dicom"; transfer-syntax=*',
  });
  const { stdout } = await run('curl', [
    '-sS',
    '--fail',
    '-w',
    '%{size_download}\n',
    ...headers.flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    ...paths.flatMap((path) => ['-o', '/dev/null', `${client.url}${path}`]),
  ]);
  return {
    bytes: stdout
      .trim()
      .split('\n')
      .map(Number)
      .reduce((sum, bytes) => sum + bytes, 0),
  };
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

/** The same of a body that is in a file, with curl: Node's own client costs as much as the server that it asks. */
export async function stowFile(client: DicomWebClient, bodyPath: string): Promise<void> {
  const headers = Object.entries({ ...(await stowHeaders(client)), expect: '' });
  const { stdout } = await run('curl', [
    '-sS',
    '-w',
    '%{http_code}',
    ...['-o', '/dev/null'],
    ...headers.flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    ...['-X', 'POST', '--upload-file', bodyPath],
    `${client.url}/studies`,
  ]);
  if (stdout !== '200') throw new Error(`STOW-RS was answered ${stdout}`);
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
