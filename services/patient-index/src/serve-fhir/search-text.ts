import type { SearchParameter } from '@yinglian/fhir';

/** The parameters as an address has them, for the links of a searchset. */
export function searchText(parameters: readonly SearchParameter[], cursor: string | null): string {
  const text = new URLSearchParams();
  for (const { name, modifier, values } of parameters) {
    text.append(modifier === null ? name : `${name}:${modifier}`, values.join(','));
  }
  if (cursor !== null) text.append('_cursor', cursor);
  return text.toString();
}
