const RESIDENT_ID = /^(\d{6})\d{8}(\d{3})[\dX]$/;

/**
 * Address code and sequence code of the one resident id (GB 11643, section 4.1), by which people of one birth date are told apart without
 * reading what was said of them; 0 of none, and of several.
 */
export function residentCodeOf([residentId = '', ...others]: readonly string[]): number {
  const codes = others.length === 0 ? RESIDENT_ID.exec(residentId) : null;
  return codes === null ? 0 : Number(`${codes[1]}${codes[2]}`);
}
