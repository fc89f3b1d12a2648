import { PatientObservedV2 } from '@yinglian/contracts';
import type { z } from 'zod';

/** What a hospital's messages say of who a patient is. */
export const PatientDescription = PatientObservedV2.data.pick({
  name: true,
  birthDate: true,
  sex: true,
  otherIds: true,
});
export type PatientDescription = z.output<typeof PatientDescription>;

/** What is known after a message: many messages say only part of it, and what they leave out stays. */
export const addToDescription = (known: PatientDescription, said: PatientDescription): PatientDescription => ({
  name: said.name.alphabetic === undefined && said.name.ideographic === undefined ? known.name : said.name,
  birthDate: said.birthDate || known.birthDate,
  sex: said.sex || known.sex,
  otherIds: said.otherIds.length === 0 ? known.otherIds : said.otherIds,
});
