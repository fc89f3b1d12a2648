import { readAddress, type StatedAddress } from './address.js';
import { foldVariants } from './han-variants.js';
import { type StatedName, surnameOf } from './surname.js';

/** A street, a number. */
const SHORTEST_PLACE = 6;

/**
 * Surname and place in one text, the same for all of a family however a hospital writes them. Null where either is missing, and where the
 * place is a town or a village and no house: everybody of a common surname would be a family there.
 */
export function householdOf(name: StatedName, addresses: readonly StatedAddress[]): string | null {
  const surname = surnameOf(name);
  const place = foldVariants(readAddress(addresses)?.text ?? '');
  const isHouse = /\d/.test(place) && [...place].length >= SHORTEST_PLACE;
  return surname === null || !isHouse ? null : `${surname} ${place}`;
}
