import type { DataSet } from 'dicom-parser';
import { nameByScript } from '../character-sets/name-by-script.js';
import { personName } from '../character-sets/person-name.js';
import type { ParsedHeader } from './parse-header.js';
import { itemsOf } from './sequence-items.js';
import { codeOf, textOf } from './text-values.js';

const MOST_OTHER_IDS = 16;

export interface OtherPatientId {
  readonly id: string;
  readonly issuer: string;
  /** HL7 table 0203, or what the device has in its place; empty when not stated. */
  readonly typeCode: string;
}

/** What an image says of who its patient is beside name, number, birth date and sex; absent texts are empty. */
export interface PatientIdentity {
  readonly otherIds: readonly OtherPatientId[];
  readonly address: string;
  readonly phones: readonly string[];
  /** One spelling, Chinese before Latin. */
  readonly motherName: string;
}

export function patientIdentity({ dataSet, decodeText }: ParsedHeader): PatientIdentity {
  const text = (of: DataSet, tag: string) => textOf(of, tag, decodeText).text;
  const values = (tag: string) =>
    text(dataSet, tag)
      .split('\\')
      .map((value) => value.trim())
      .filter((value) => value !== '');
  const mother = nameByScript(personName(text(dataSet, '00101060')));
  return {
    otherIds: [
      ...values('00101000').map((id) => ({ id, issuer: '', typeCode: '' })),
      ...itemsOfTag(dataSet, 'x00101002').map((item) => ({
        id: text(item, '00100020'),
        issuer: text(item, '00100021'),
        typeCode: typeCodeOf(item),
      })),
    ]
      .filter(({ id }) => id !== '')
      .slice(0, MOST_OTHER_IDS),
    address: text(dataSet, '00101040'),
    phones: values('00102154'),
    motherName: mother.ideographic ?? mother.alphabetic ?? '',
  };
}

/**
 * Identifier Type Code (0040,0035) in Issuer of Patient ID Qualifiers Sequence (0010,0024) (PS3.3 table 10-18), or what stands in
 * Type of Patient ID (0010,0022), where the standard has only the medium: TEXT, RFID, BARCODE.
 */
function typeCodeOf(item: DataSet): string {
  const codes = itemsOfTag(item, 'x00100024').map((qualifier) => codeOf(qualifier, '00400035'));
  return codes.find((code) => code !== '') ?? codeOf(item, '00100022');
}

const itemsOfTag = (dataSet: DataSet, tag: string): DataSet[] => {
  const element = dataSet.elements[tag];
  return element === undefined ? [] : (itemsOf(dataSet, element) ?? []);
};
