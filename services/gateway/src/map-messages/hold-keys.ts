import type { Fact, OrderNumbers, PatientKey } from './facts.js';

/** Whose order a message keeps. */
export interface HoldKeys {
  /** While it is parked, later messages that heed one of these wait behind it. */
  readonly holds: readonly string[];
  /** It waits behind parked messages that hold one of these. */
  readonly heeds: readonly string[];
}

export const NO_KEYS: HoldKeys = { holds: [], heeds: [] };

/**
 * A message about a patient waits behind parked ones about the same patient, one about an order behind those about the same
 * order. Nothing of a patient passes a parked merge; an order does not wait for a visit. One bad message so holds up its own
 * patient or order, and nobody else.
 */
export function keysOf(patient: PatientKey, facts: readonly Fact[]): HoldKeys {
  if (patient.id === '') return NO_KEYS;
  const merge = facts.find((fact) => fact.kind === 'merge');
  const orders = facts.flatMap((fact) =>
    fact.kind === 'order' || fact.kind === 'report' ? orderKeys(fact.numbers) : [],
  );
  if (merge !== undefined) {
    const both = [patient, ...(merge.merged.id === '' ? [] : [merge.merged])];
    return {
      holds: both.flatMap((one) => [key('merge', one), key('patient', one)]),
      heeds: both.map((one) => key('patient', one)),
    };
  }
  if (orders.length > 0) return { holds: orders, heeds: [...orders, key('merge', patient)] };
  return { holds: [key('patient', patient)], heeds: [key('patient', patient)] };
}

const key = (what: string, { issuer, id }: PatientKey) => `${what}:${JSON.stringify([issuer, id])}`;

const orderKeys = ({ accessionNumber, placerOrderNumber, fillerOrderNumber }: OrderNumbers) =>
  [
    ['accession', accessionNumber],
    ['placer', placerOrderNumber],
    ['filler', fillerOrderNumber],
  ].flatMap(([what, number]) => (number === null ? [] : `${what}:${number}`));
