import type { Sex } from './given-names.js';
import type { Address } from './places.js';

/** Somebody who lives in the province, as they are in truth. */
export interface Person {
  readonly number: number;
  readonly name: TrueName;
  readonly sex: Sex;
  /** YYYYMMDD */
  readonly birthDate: string;
  readonly document: IdentityDocument;
  readonly insuranceNumber: string;
  readonly healthCard: string;
  /** Their own, or the household's. */
  readonly phone: string;
  readonly address: Address;
  /** 0 to 142. */
  readonly district: number;
  readonly household: readonly number[];
  /** Only of children. */
  readonly mother: number | null;
  /** The number of the twin, and which of the two this is, 1 or 2. */
  readonly twin: { readonly number: number; readonly order: number } | null;
}

export type TrueName =
  | { readonly kind: 'chinese'; readonly surname: string; readonly given: string }
  | { readonly kind: 'minority'; readonly parts: readonly string[] }
  | { readonly kind: 'western'; readonly family: string; readonly given: string };

export interface IdentityDocument {
  readonly type: 'RESIDENT_ID' | 'HONG_KONG_MACAO_PERMIT' | 'TAIWAN_PERMIT' | 'PERMANENT_RESIDENCE' | 'PASSPORT';
  readonly number: string;
  readonly issuer: string;
}
