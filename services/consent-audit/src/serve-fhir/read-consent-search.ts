import { PersonId } from '@yinglian/contracts';
import { readText, readToken, type SearchParameter, searchProblems } from '@yinglian/fhir';
import { failure, type Result, success } from '@yinglian/platform';

export interface ConsentSearch {
  readonly personId: string;
  /** Undefined: either. */
  readonly isActive: boolean | undefined;
  /** Names of the criteria. */
  readonly query: readonly string[];
}

export const CRITERIA: readonly string[] = ['patient', 'status'];
const CONTROLS: readonly string[] = ['_format', '_pretty'];

/** A search for Consents is of one patient. What is not understood is refused: it would show other ones. */
export function readConsentSearch(parameters: readonly SearchParameter[]): Result<ConsentSearch> {
  const asked = parameters.filter(({ name }) => !CONTROLS.includes(name));
  const odd = asked.find(({ name, modifier }) => !CRITERIA.includes(name) || modifier !== null);
  if (odd !== undefined) return failure(searchProblems.PARAMETER_NOT_SUPPORTED, odd.name);
  const patients = asked.filter(({ name }) => name === 'patient').flatMap(({ values }) => values);
  const personId = PersonId.safeParse(readText(patients[0] ?? '').replace(/^Patient\//, '')).data;
  if (personId === undefined || patients.length !== 1)
    return failure(searchProblems.PARAMETER_INVALID, 'patient is one id');
  const states = asked
    .filter(({ name }) => name === 'status')
    .flatMap(({ values }) => values.map((one) => readToken(one).code));
  const [state] = states;
  const isKnown = state === undefined || state === 'active' || state === 'inactive';
  if (!isKnown || states.length > 1) return failure(searchProblems.PARAMETER_INVALID, 'status is active or inactive');
  const isActive = state === undefined ? undefined : state === 'active';
  return success({ personId, isActive, query: asked.map(({ name }) => name) });
}
