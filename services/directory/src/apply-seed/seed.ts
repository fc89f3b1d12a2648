import { HospitalCode, Scope } from '@yinglian/contracts';
import { z } from 'zod';
import { NewHospital } from '../domain/hospital.js';
import { NewStaff } from '../domain/staff.js';

/** What a new province begins with. */
export const DirectorySeed = z.object({
  hospitals: z.array(NewHospital),
  staff: z.array(NewStaff.extend({ password: z.string().min(8), department: z.string().nullish() })),
  clients: z.array(
    z.object({
      clientId: z.string().min(1).max(64),
      clientSecret: z.string().min(16),
      scope: Scope,
      hospital: HospitalCode.nullable(),
    }),
  ),
});
export type DirectorySeed = z.output<typeof DirectorySeed>;
