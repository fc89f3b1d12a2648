import { z } from 'zod';
import { purposeOf } from './client-purpose.js';
import { HospitalLevel } from './events/directory.v1.js';
import { AeTitle, HospitalCode } from './identifiers.js';
import { dutiesAreApart, ROLES_ALONE, Role, Scope } from './roles.js';
import { WorkstationSeed } from './workstation.js';

/** A name for people to read. Control characters have no place in it. */
export const DisplayName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u);

export const DepartmentCode = z
  .string()
  .regex(/^[A-Z0-9][A-Z0-9_-]{0,15}$/)
  .describe('Code of a department within its hospital, 1 to 16 capital letters, digits, - and _');

/** The account's name, which is also the token's `sub`; it never changes. */
export const Username = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]$/)
  .describe('3 to 64 small letters, digits, dots, - and _');

export const Password = z.string().min(10).max(128);

export const ClientId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,62}[A-Za-z0-9]$/);

/** The shape only: the check character (GB 32100-2015) warns and does not block, since some real codes fail it. */
export const CreditCode = z
  .string()
  .regex(/^[0-9A-Z]{18}$/)
  .describe('Unified social credit code (GB 32100-2015), 18 digits and capital letters');

/** A role is listed once. */
export const Roles = z
  .array(Role)
  .min(1)
  .max(Role.options.length)
  .refine((roles) => new Set(roles).size === roles.length, 'lists a role twice');

export const AeTitles = z
  .array(AeTitle)
  .max(200)
  .refine((titles) => new Set(titles).size === titles.length, 'lists an AE title twice');

/** Where a hospital's pixels are: with the province, or at home until somebody opens the study (ADR 0038). */
export const HospitalPixels = z.enum(['upload', 'on-demand']);
export type HospitalPixels = z.infer<typeof HospitalPixels>;

export const DepartmentSeed = z.object({ code: DepartmentCode, name: DisplayName });

export const HospitalSeed = z.object({
  code: HospitalCode,
  name: DisplayName,
  level: HospitalLevel,
  creditCode: CreditCode.nullable().default(null),
  aeTitle: AeTitle.optional().describe("The gateway's own AE title; <code>GW unless told"),
  callingAeTitles: AeTitles,
  pixels: HospitalPixels.default('upload'),
  departments: z.array(DepartmentSeed).max(200),
});

export const StaffSeed = z.object({
  username: Username,
  displayName: DisplayName,
  password: Password,
  roles: Roles.refine(dutiesAreApart, `nobody has ${ROLES_ALONE.join(', ')} beside another role`),
  hospital: HospitalCode.nullable(),
  department: DepartmentCode.nullable(),
});

export const ClientSeed = z.object({
  clientId: ClientId,
  clientSecret: z.string().min(20).max(256),
  scope: z
    .string()
    .transform((scope) => scope.split(' '))
    .pipe(z.array(Scope).min(1))
    .refine((scopes) => purposeOf(scopes) !== undefined, 'are scopes of several purposes')
    .describe('Scopes that it may ask for, space separated (RFC 6749 section 3.3)'),
  hospital: HospitalCode.nullable(),
});

/** What a new province's directory begins with. It is applied at every start: what is absent is added, nothing is overwritten. */
export const DirectorySeed = z.object({
  hospitals: z.array(HospitalSeed),
  staff: z.array(StaffSeed),
  clients: z.array(ClientSeed),
  workstations: z
    .array(WorkstationSeed)
    .max(5_000)
    .refine((all) => new Set(all.map(({ aeTitle }) => aeTitle)).size === all.length, 'lists an AE title twice')
    .default([]),
});
export type DirectorySeed = z.output<typeof DirectorySeed>;
/** As it stands in the file. */
export type DirectorySeedFile = z.input<typeof DirectorySeed>;
