import type { Answer } from './registry-service.js';

export interface AnsweredPart {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The parts of a multipart answer (RFC 2046 section 5.1). */
export function partsOf({ headers, body }: Answer): AnsweredPart[] {
  const boundary = /boundary="?([^";]+)/.exec(headers.get('content-type') ?? '')?.[1];
  if (boundary === undefined) throw new Error(`The answer is not multipart: ${body.subarray(0, 500).toString()}`);
  const mark = Buffer.from(`\r\n--${boundary}`);
  const parts: AnsweredPart[] = [];
  for (let at = body.indexOf(mark); at >= 0; ) {
    const next = body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const bodyAt = body.indexOf('\r\n\r\n', at) + 4;
    const head = body.subarray(at + mark.length + 2, bodyAt - 4).toString();
    const pairs = head.split('\r\n').map((line) => [line.split(': ')[0]?.toLowerCase(), line.split(': ')[1]]);
    parts.push({ headers: Object.fromEntries(pairs), body: body.subarray(bodyAt, next) });
    at = next;
  }
  return parts;
}
