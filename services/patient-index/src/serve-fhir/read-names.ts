import { type Patient, readText } from '@yinglian/fhir';
import { foldVariants } from '@yinglian/names';
import { invalid, type ParameterReader, unsupported } from './search-draft.js';

type Part = 'family' | 'given' | 'name';

const LONGEST = 64;

/** The index finds a name by any run of its characters or syllables; what FHIR asks beyond that is looked at in what was found. */
export const readNamesOf =
  (part: Part): ParameterReader =>
  (draft, { modifier, values }) => {
    if (values.length > 1) return unsupported(`${part} has one value; repeat it for names that must all apply`);
    const typed = readText(values[0] ?? '').trim();
    if (typed === '' || typed.length > LONGEST) return invalid(`${part} has 1 to ${LONGEST} characters`);
    draft[part].push(typed);
    const isHan = /\p{Script=Han}/u.test(typed);
    if (modifier === 'exact') draft.filters.push((patient) => partsOf(patient, part).includes(typed));
    // What is typed in letters may be a reading, which the resource does not show.
    else if (isHan && modifier === null && part !== 'name') {
      const start = foldVariants(typed);
      draft.filters.push((patient) => partsOf(patient, part).some((one) => foldVariants(one).startsWith(start)));
    }
    return null;
  };

/** Whether all that was typed is in the names that the resource shows, where the index cannot look for it. */
export function isCalled(patient: Patient, typed: string): boolean {
  const parts = partsOf(patient, 'name').map((part) => foldVariants(part.toLowerCase()));
  return typed.split(' ').every((one) => parts.some((part) => part.includes(foldVariants(one.toLowerCase()))));
}

const partsOf = ({ name = [] }: Patient, part: Part): string[] =>
  name.flatMap(({ text = '', family = '', given = [] }) => {
    if (part === 'family') return [family];
    return part === 'given' ? given : [text, family, ...given];
  });
