import { IdentifierType, PatientObservedV3 } from '@yinglian/contracts';
import { z } from 'zod';

/** What a hospital's messages say of who a patient is. */
export const PatientDescription = PatientObservedV3.data.pick({
  name: true,
  birthDate: true,
  sex: true,
  otherIds: true,
  phones: true,
  addresses: true,
  mother: true,
  birthOrder: true,
});
export type PatientDescription = z.output<typeof PatientDescription>;

const { otherIds, phones, addresses, mother, birthOrder } = PatientDescription.shape;

/** As it is kept; what was kept before `patient.observed.v3` says less. */
export const KeptDescription = PatientDescription.extend({
  otherIds: z.array(otherIds.element.extend({ type: IdentifierType.default('UNKNOWN') })),
  phones: phones.default([]),
  addresses: addresses.default([]),
  mother: mother.default(null),
  birthOrder: birthOrder.default(null),
});

/** What is known after a message: many messages say only part of it, and what they leave out stays. */
export const addToDescription = (known: PatientDescription, said: PatientDescription): PatientDescription => ({
  name: said.name.alphabetic === undefined && said.name.ideographic === undefined ? known.name : said.name,
  birthDate: said.birthDate || known.birthDate,
  sex: said.sex || known.sex,
  otherIds: said.otherIds.length === 0 ? known.otherIds : said.otherIds,
  phones: said.phones.length === 0 ? known.phones : said.phones,
  addresses: said.addresses.length === 0 ? known.addresses : said.addresses,
  mother: said.mother ?? known.mother,
  birthOrder: said.birthOrder ?? known.birthOrder,
});
