/** A DICOM JSON data set (PS3.18 annex F), as far as these specs read it. */
export type DicomJson = Record<string, { vr: string; Value?: unknown[] }>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  json<T>(): T;
}

/** A program that uses the province with a person's token. */
export class DicomWebClient {
  constructor(
    readonly root: string,
    private readonly token: string | undefined,
  ) {}

  async get(path: string, accept = 'application/dicom+json'): Promise<Answer> {
    const response = await fetch(`${this.root}${path}`, {
      headers: { accept, ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }) },
    });
    const body = Buffer.from(await response.arrayBuffer());
    return {
      status: response.status,
      headers: response.headers,
      body,
      json: <T>() => JSON.parse(body.toString('utf8')) as T,
    };
  }

  async find(path: string): Promise<DicomJson[]> {
    const answer = await this.get(path);
    if (answer.status === 204) return [];
    if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: ${answer.body.toString()}`);
    return answer.json<DicomJson[]>();
  }

  /** The files of a study, series or instance. */
  async retrieve(path: string): Promise<Buffer[]> {
    const answer = await this.get(path, 'multipart/related; type="application/dicom"; transfer-syntax=*');
    if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: ${answer.body.toString()}`);
    return partsOf(answer);
  }
}

/** The bodies of a multipart answer (RFC 2046 section 5.1), whose boundary stands in its content type. */
export function partsOf(answer: Answer): Buffer[] {
  const boundary = /boundary="?([^";]+)/.exec(answer.headers.get('content-type') ?? '')?.[1];
  if (boundary === undefined) throw new Error('The answer is not multipart');
  const mark = Buffer.from(`--${boundary}`);
  const parts: Buffer[] = [];
  for (let at = answer.body.indexOf(mark); at >= 0; ) {
    const next = answer.body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    parts.push(answer.body.subarray(answer.body.indexOf('\r\n\r\n', at) + 4, next - 2));
    at = next;
  }
  return parts;
}

export const firstValue = (dataSet: DicomJson | undefined, tag: string) => dataSet?.[tag]?.Value?.[0];
