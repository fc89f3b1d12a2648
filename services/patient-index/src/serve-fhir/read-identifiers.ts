import { readToken } from '@yinglian/fhir';
import { hasIdentifier, identifierKeysOf, isShown } from './identifier-key.js';
import { ALTERNATIVES_AT_MOST, type ParameterReader, unsupported } from './search-draft.js';

/** Any of the identifiers; or, with systems alone, which identifiers are to be shown (ITI-78, section 2:3.78.4.1.2.3). */
export const readIdentifiers: ParameterReader = (draft, { values }) => {
  const tokens = values.map(readToken);
  if (tokens.length > ALTERNATIVES_AT_MOST) return unsupported('identifier has too many values');
  if (tokens.every(({ code }) => code === null)) {
    const systems = tokens.flatMap(({ system }) => system ?? []);
    draft.domains.push(...systems);
    draft.filters.push(({ identifier = [] }) => identifier.some(({ system = '' }) => systems.includes(system)));
    return null;
  }
  if (tokens.some(({ code }) => code === null)) return unsupported('identifier mixes values with whole systems');
  const keys = tokens.flatMap(({ system, code }) => identifierKeysOf(system, code ?? ''));
  const before = draft.identifiers;
  if (before === null) draft.identifiers = keys;
  else if (keys.every(isShown)) draft.filters.push((patient) => keys.some((key) => hasIdentifier(patient, key)));
  else if (before.every(isShown)) {
    draft.identifiers = keys;
    draft.filters.push((patient) => before.some((key) => hasIdentifier(patient, key)));
  } else return unsupported('identifier: only one of those that must all apply may be a resident id, or of any system');
  return null;
};
