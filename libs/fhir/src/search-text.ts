import type { SearchParameter } from './search-parameter.js';

/** The parameters as an address has them, for the link of a searchset to itself. */
export function searchText(parameters: readonly SearchParameter[]): string {
  const text = new URLSearchParams();
  for (const { name, modifier, values } of parameters) {
    text.append(modifier === null ? name : `${name}:${modifier}`, values.join(','));
  }
  return text.toString();
}
