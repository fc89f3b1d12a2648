export type Agreement = 'agree' | 'differ' | 'unknown';

/** How one side of the question is described. */
export interface Description {
  readonly name: string;
  readonly otherNames: readonly string[];
  readonly sex: string;
  readonly birthDate: string | null;
  readonly idNumberMasked: string | null;
}

export interface KnownPerson extends Description {
  readonly personId: string;
  readonly patients: readonly { readonly hospital: string; readonly issuer: string; readonly id: string }[];
}

/** An identity that only a steward may decide, as patient-index lists it. */
export interface Conflict {
  readonly conflictId: string;
  readonly kind: 'SHARED_ID' | 'MANY_NAMES' | 'LATE_ID' | 'ID_CHANGED' | 'SEVERAL_IDS';
  readonly patient: { readonly hospital: string; readonly issuer: string; readonly id: string };
  readonly idNumberMasked: string;
  readonly openedAt: string;
  /** The hospital's patient. */
  readonly record: Description;
  /** Whom the id belongs to; null when nobody holds it. */
  readonly otherPerson: KnownPerson | null;
  readonly agreement: { readonly name: Agreement; readonly birthDate: Agreement; readonly sex: Agreement };
  readonly decision: {
    readonly decision: 'link' | 'keep-apart';
    readonly decidedByName: string;
    readonly decidedAt: string;
    readonly note: string;
  } | null;
}
