/** A failure as services answer it (RFC 9457); UNREACHABLE when nothing answered. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    title: string,
    readonly detail?: string,
    readonly traceId?: string,
  ) {
    super(title);
    this.name = 'Problem';
  }

  /** Whether the same question may be answered a moment later. */
  get passes(): boolean {
    return this.code === 'UNREACHABLE' || this.status === 503 || this.status === 429;
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const told: Record<string, unknown> = await response.json().catch(() => ({}));
  const text = (name: string) => (typeof told[name] === 'string' ? told[name] : undefined);
  return new Problem(
    text('code') ?? `HTTP_${response.status}`,
    response.status,
    text('title') ?? response.statusText,
    text('detail'),
    text('traceId'),
  );
}
