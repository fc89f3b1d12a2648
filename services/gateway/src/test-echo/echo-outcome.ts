/** What came of a C-ECHO, as far as a hospital can do something about it. */
export const ECHO_RESULTS = [
  'answered',
  /** It does not know our AE title. */
  'callingUnknown',
  /** It has another AE title than the one that is configured. */
  'calledUnknown',
  'rejected',
  /** It takes the association, and no verification on it. */
  'notOffered',
  /** It answered with another status than success. */
  'failed',
  /** Nothing listens there, or nobody knows the way. */
  'unreachable',
  'silent',
  'broken',
] as const;

export interface EchoOutcome {
  readonly result: (typeof ECHO_RESULTS)[number];
  readonly ms: number;
  /** What exactly was said, for who knows DICOM. */
  readonly detail: string | null;
}

/** Reads why no association came about from what the caller of devices says of it. */
export function whyAway(message: string): EchoOutcome['result'] {
  // PS3.8 section 9.3.4, table 9-21: source 1 is the peer's service user
  const [, source, reason] = /rejects the association: result \d+, source (\d+), reason (\d+)/.exec(message) ?? [];
  if (source === '1' && reason === '3') return 'callingUnknown';
  if (source === '1' && reason === '7') return 'calledUnknown';
  if (source !== undefined) return 'rejected';
  if (/\b(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENOTFOUND|EAI_AGAIN)\b/.test(message)) return 'unreachable';
  return /\bETIMEDOUT\b/.test(message) ? 'silent' : 'broken';
}
