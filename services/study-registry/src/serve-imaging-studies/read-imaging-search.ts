import { type Handling, type SearchParameter, searchProblems } from '@yinglian/fhir';
import { failure, type Result, success } from '@yinglian/platform';
import { registryProblems } from '../study-registry.errors.js';
import type { ImagingSearch, SearchDraft } from './imaging-search.js';
import type { ReadingContext, Refused } from './parameter-reader.js';
import { CONTROLS, CRITERIA } from './search-readers.js';

const USUAL_COUNT = 20;

/**
 * Reads the parameters, all of which must apply. Parameters that are not known are left out unless `strict` is preferred; modifiers and
 * chains that are not known, and values of another type, are refused (http://hl7.org/fhir/R4/search.html#errors). Failures:
 * PARAMETER_NOT_SUPPORTED, PARAMETER_INVALID, IMAGING_SEARCH_TOO_WIDE.
 */
export function readImagingSearch(
  parameters: readonly SearchParameter[],
  handling: Handling,
  context: ReadingContext,
): Result<ImagingSearch> {
  const draft: SearchDraft = {
    keys: [],
    tests: [],
    started: [],
    modalities: [],
    updated: [],
    instanceUids: [],
    sopClassUids: [],
    order: '-started',
    count: USUAL_COUNT,
    offset: 0,
    summary: 'no',
    includesEndpoints: false,
  };
  const ignored = new Set<string>();
  for (const parameter of parameters) {
    const refused = readOne(draft, parameter, context);
    if (refused === null) continue;
    if (handling === 'strict' || !refused.mayBeLeftOut) return failure(searchProblems[refused.problem], refused.detail);
    ignored.add(parameter.name);
  }
  const query = parameters.map(({ name }) => name).filter((name) => CRITERIA.has(name) && !ignored.has(name));
  if (draft.keys.length === 0 && needsSomebody(draft)) return failure(registryProblems.IMAGING_SEARCH_TOO_WIDE);
  return success({ ...draft, query: [...new Set(query)], ignored: [...ignored] });
}

/** No index serves these among all studies of a province. */
const needsSomebody = ({ order, updated, instanceUids, sopClassUids }: SearchDraft): boolean =>
  order !== '-started' || [updated, instanceUids, sopClassUids].some(({ length }) => length > 0);

function readOne(draft: SearchDraft, parameter: SearchParameter, context: ReadingContext): Refused {
  const { name, modifier } = parameter;
  const reader = CRITERIA.get(name) ?? CONTROLS.get(name);
  if (reader !== undefined) return reader(draft, parameter, context);
  return {
    problem: 'PARAMETER_NOT_SUPPORTED',
    detail: `${name.slice(0, 64)} is not supported`,
    // A chain or a modifier changes what is asked for: its author did not come by it through a proxy.
    mayBeLeftOut: modifier === null && !name.includes('.'),
  };
}
