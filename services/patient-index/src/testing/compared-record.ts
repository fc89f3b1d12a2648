import type { ComparedRecord } from '../domain/evidence/compared-record.js';
import { readName } from '../domain/person-name.js';

const NOWHERE = { text: '', streetNumber: '', street: '', district: '', city: '', state: '', postalCode: '' };

export interface StatedRecord extends Partial<Omit<ComparedRecord, 'name' | 'address'>> {
  /** As in DICOM's first component group. */
  readonly name?: string;
  readonly address?: Partial<NonNullable<ComparedRecord['address']>>;
}

/** A record that states this and nothing else. */
export const recordOf = ({ name = '', address, ...others }: StatedRecord): ComparedRecord => ({
  birthDate: null,
  sex: '',
  ids: [],
  phones: [],
  ...others,
  name: readName({ alphabetic: name }),
  address: address === undefined ? null : { ...NOWHERE, ...address },
});
