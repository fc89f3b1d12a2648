import { z } from 'zod';

/** What a person may be in the province. Administrators manage members, security administrators policies and roles. A member of staff has one role or more; a patient has only `patient`. */
export const Role = z.enum(['administrator', 'security-administrator', 'clinician', 'auditor', 'steward', 'patient']);
export type Role = z.infer<typeof Role>;

/** Nobody has one of these beside another role: system, security and audit administrators exclude one another, and administrators treat nobody. */
export const ROLES_ALONE: readonly Role[] = ['administrator', 'security-administrator', 'patient'];

export const dutiesAreApart = (roles: readonly Role[]) =>
  roles.length <= 1 || !roles.some((role) => ROLES_ALONE.includes(role));

/** HL7 v3 PurposeOfUse codes that the province accepts (http://terminology.hl7.org/ValueSet/v3-PurposeOfUse). */
export const PurposeOfUse = z.enum(['TREAT', 'ETREAT', 'HOPERAT', 'HRESCH', 'PATRQT', 'BTG']);
export type PurposeOfUse = z.infer<typeof PurposeOfUse>;

/** What a service account may do; asked for as OAuth scopes. */
export const Scope = z.enum([
  'packs:write',
  'gateway:read',
  'gateway:enrol',
  'stow:write',
  'priors:read',
  'persons:read',
  'patients:write',
  'changes:read',
  'studies:read',
  'consents:write',
]);
export type Scope = z.infer<typeof Scope>;
