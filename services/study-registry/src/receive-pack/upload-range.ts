export interface UploadRange {
  /** Where in the pack the body begins. */
  readonly from: number;
  /** What the pack has when the body is in, as far as the request says. */
  readonly totalBytes: number;
}

/** Reads Content-Range (RFC 9110 section 14.4) of a body that is the rest of a pack; undefined when it is not. */
export function rangeOf(contentRange: string | undefined, contentLength: number): UploadRange | undefined {
  if (contentRange === undefined) return { from: 0, totalBytes: contentLength };
  const parts = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(contentRange);
  const [from, last, totalBytes] = (parts?.slice(1) ?? []).map(Number);
  if (from === undefined || last === undefined || totalBytes === undefined) return undefined;
  return last + 1 === totalBytes && totalBytes - from === contentLength ? { from, totalBytes } : undefined;
}
