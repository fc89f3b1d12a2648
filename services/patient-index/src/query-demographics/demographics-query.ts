import type { Authority } from '../serve-pix/assigning-authorities.js';

/** What a query asks for (ITI-21); null: nothing of that kind. */
export interface DemographicsQuery {
  readonly id: { readonly value: string; readonly authority: Authority | null } | null;
  readonly name: string | null;
  /** YYYYMMDD */
  readonly birthDate: string | null;
  readonly sex: string | null;
  /** Whose numbers are told; none: all. */
  readonly domains: readonly Authority[];
  readonly quantity: number;
  readonly cursor: string | null;
  /** Tells this query from others, in the pointer to its next page. */
  readonly mark: string;
}
