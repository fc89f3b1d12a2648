/** Hears of every request to the province, whoever sends it. */
export interface ProvinceObserver {
  answered(answer: { readonly method: string; readonly status: number; readonly date: string | undefined }): void;
  unanswered(error: unknown): void;
  /** The province showed a certificate that is valid until then. */
  shown(certificateOf: string, validTo: Date): void;
}
