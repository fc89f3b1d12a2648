const RESIDENT_ID = 'RESIDENT_ID ';

/** A number as stores and events of this service know it: who gives it out, and the number. */
export const numberOf = (system: string, value: string): string => `${system} ${value}`;

/** Resident ids, and what is built like them: a person has one for life. */
export const isResidentId = (number: string): boolean => number.startsWith(RESIDENT_ID);

export const bareNumberOf = (number: string): string => number.slice(number.indexOf(' ') + 1);
