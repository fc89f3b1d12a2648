import {
  AeTitle,
  AeTitles,
  CreditCode,
  DisplayName,
  HospitalCode,
  HospitalLevel,
  HospitalPixels,
} from '@yinglian/contracts';
import { z } from 'zod';

export const NewHospital = z.strictObject({
  code: HospitalCode,
  name: DisplayName,
  level: HospitalLevel,
  creditCode: CreditCode.nullable().default(null),
  aeTitle: AeTitle.describe("The gateway's own AE title; <code>GW unless told").optional(),
  callingAeTitles: AeTitles.default([]),
  pixels: HospitalPixels.default('upload'),
});
export type NewHospital = z.output<typeof NewHospital>;

/** Only what is named changes. */
export const HospitalChange = z.strictObject({
  version: z.int().positive().describe('The version that was read; another one meanwhile is 409 VERSION_CONFLICT'),
  name: DisplayName.exactOptional(),
  level: HospitalLevel.exactOptional(),
  creditCode: CreditCode.nullable().exactOptional(),
  aeTitle: AeTitle.exactOptional(),
  callingAeTitles: AeTitles.exactOptional(),
  pixels: HospitalPixels.exactOptional(),
  suspended: z.boolean().exactOptional(),
});
export type HospitalChange = z.output<typeof HospitalChange>;
