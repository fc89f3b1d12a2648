import type { Address } from '@yinglian/names';
import type { Identifier } from '../identity/identifier.js';
import type { PersonName } from '../person-name.js';

/** What is weighed of a record: any observation is one. */
export interface ComparedRecord {
  readonly name: Pick<PersonName, 'han' | 'latin' | 'components'>;
  /** YYYYMMDD; null when not stated. */
  readonly birthDate: string | null;
  /** M, F, O or empty. */
  readonly sex: string;
  readonly ids: readonly Identifier[];
  readonly phones: readonly string[];
  readonly address: Address | null;
}
