import { DepartmentCode, DisplayName, HospitalCode, Password, Roles, Username } from '@yinglian/contracts';
import { z } from 'zod';

/** Why somebody is to have what they are to have, or not; for the one who decides. */
export const Reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}]*$/u);

export const NewStaff = z.strictObject({
  username: Username,
  displayName: DisplayName,
  password: Password.describe('The first password; one is made when there is none').optional(),
  roles: Roles,
  hospital: HospitalCode.nullable().default(null),
  department: DepartmentCode.nullable().default(null),
  reason: Reason.optional().describe('Why these roles; needed for all but patients'),
});
export type SeededStaff = Omit<NewStaff, 'reason'>;
export type NewStaff = z.output<typeof NewStaff>;

/** Only what is named changes. What gives somebody more takes a second person: 422 SECOND_PERSON_NEEDED. */
export const StaffChange = z.strictObject({
  version: z.int().positive().describe('The version that was read; another one meanwhile is 409 VERSION_CONFLICT'),
  displayName: DisplayName.exactOptional(),
  roles: Roles.exactOptional(),
  hospital: HospitalCode.nullable().exactOptional(),
  department: DepartmentCode.nullable().exactOptional(),
  active: z.boolean().exactOptional(),
});
export type StaffChange = z.output<typeof StaffChange>;

export const StaffPage = z.strictObject({
  hospital: HospitalCode.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: Username.optional().describe('nextCursor of the page before'),
});
export type StaffPage = z.output<typeof StaffPage>;
