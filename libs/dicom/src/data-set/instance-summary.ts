import { nameByScript } from '../character-sets/name-by-script.js';
import { type PersonName, personName } from '../character-sets/person-name.js';
import type { ParsedHeader } from './parse-header.js';
import { codeOf, textOf } from './text-values.js';

/** What the gateway and the registry need to know of one instance; texts are decoded, absent ones are empty. */
export interface InstanceSummary {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly patient: PatientSummary;
  readonly studyDate: string;
  readonly studyTime: string;
  readonly studyId: string;
  readonly studyDescription: string;
  readonly accessionNumber: string;
  readonly referringPhysician: string;
  readonly modality: string;
  readonly bodyPart: string;
  readonly seriesDescription: string;
  readonly seriesNumber: string;
  readonly institution: string;
  /** Some of these texts were read in another character set than declared; their bytes are in the file. */
  readonly charsetGuessed: boolean;
}

export interface PatientSummary {
  readonly id: string;
  readonly issuer: string;
  /** As the device placed its groups. */
  readonly name: PersonName;
  /** The same by script. */
  readonly nameByScript: PersonName;
  /** The same of the name alone. */
  readonly charsetGuessed: boolean;
  readonly birthDate: string;
  readonly sex: string;
}

export function summarise({ dataSet, transferSyntaxUid, decodeText }: ParsedHeader): InstanceSummary {
  let charsetGuessed = false;
  const read = (tag: string) => {
    const decoded = textOf(dataSet, tag, decodeText);
    charsetGuessed ||= decoded.guessed;
    return decoded;
  };
  const text = (tag: string) => read(tag).text;
  const code = (tag: string) => codeOf(dataSet, tag);
  const name = read('00100010');
  const placed = personName(name.text);
  const summary = {
    sopClassUid: code('00080016'),
    sopInstanceUid: code('00080018'),
    studyInstanceUid: code('0020000D'),
    seriesInstanceUid: code('0020000E'),
    transferSyntaxUid,
    patient: {
      id: text('00100020'),
      issuer: text('00100021'),
      name: placed,
      nameByScript: nameByScript(placed),
      charsetGuessed: name.guessed,
      birthDate: code('00100030'),
      sex: code('00100040'),
    },
    studyDate: code('00080020'),
    studyTime: code('00080030'),
    studyId: text('00200010'),
    studyDescription: text('00081030'),
    accessionNumber: text('00080050'),
    referringPhysician: text('00080090'),
    modality: code('00080060'),
    bodyPart: code('00180015'),
    seriesDescription: text('0008103E'),
    seriesNumber: code('00200011'),
    institution: text('00080080'),
  };
  return { ...summary, charsetGuessed };
}
