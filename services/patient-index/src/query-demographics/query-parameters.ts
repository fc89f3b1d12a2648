import type { Components, MessageError } from '@yinglian/hl7';
import { type PixMessage, valuesOf } from '../serve-pix/pix-message.js';

/**
 * Fields that persons are found by, and what is asked of each. PID-11 and PID-18 of ITI TF-2 table 3.21.4.1.2.2.3 are none: no
 * index serves addresses, and account numbers are not kept.
 */
const PARAMETERS: Readonly<Record<string, ParameterName>> = {
  'PID.3': 'id',
  'PID.3.1': 'id',
  'PID.3.4': 'namespace',
  'PID.3.4.1': 'namespace',
  'PID.3.4.2': 'universalId',
  'PID.3.4.3': 'universalIdType',
  'PID.5': 'family',
  'PID.5.1': 'family',
  'PID.5.1.1': 'family',
  'PID.5.2': 'given',
  'PID.7': 'birthDate',
  'PID.7.1': 'birthDate',
  'PID.8': 'sex',
  'PID.19': 'residentId',
};

export type ParameterName =
  | 'id'
  | 'namespace'
  | 'universalId'
  | 'universalIdType'
  | 'family'
  | 'given'
  | 'birthDate'
  | 'sex'
  | 'residentId';
export type Parameters = ReadonlyMap<ParameterName, string>;

/** QPD-3, `@PID.5.1.1^ZHANG` (QIP, HL7 2.5.1 section 2.A.58). One that nobody is found by is refused: left out, it would widen the search. */
export function readParameters(message: PixMessage): { parameters: Parameters; errors: MessageError[] } {
  const parameters = new Map<ParameterName, string>();
  const errors: MessageError[] = [];
  for (const [at, value] of valuesOf(message, 'QPD', 3).entries()) {
    const asked = valueIn(value);
    if (asked === '') continue;
    const name = PARAMETERS[value(1).replace(/^@/, '').toUpperCase()];
    if (name === undefined || parameters.has(name)) errors.push({ code: 103, location: ['QPD', 1, 3, at + 1] });
    else parameters.set(name, asked);
  }
  return { parameters, errors };
}

/** An asterisk at the end stands for anything; names are found by their beginnings anyway. */
const valueIn = (value: Components): string => value(2).replace(/\*+$/, '').trim();
