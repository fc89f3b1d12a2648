import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { AeTitle, HospitalCode, Instant } from '../identifiers.js';
import { Role } from '../roles.js';

/** 医院级别: what the commission grades a hospital as. */
export const HospitalLevel = z.enum(['provincial', 'municipal', 'county', 'township']);
export type HospitalLevel = z.infer<typeof HospitalLevel>;

const Head = z.string().describe('The account of who answers for the department').nullable();

const Hospital = z.object({
  hospital: HospitalCode,
  name: z.string().min(1).max(100),
  level: HospitalLevel,
  callingAeTitles: z.array(AeTitle).max(200),
  version: z.number().int().positive(),
  changedAt: Instant,
});

export const HospitalJoinedV1 = defineEvent({
  type: 'hospital.joined.v1',
  topic: 'directory',
  key: (data) => data.hospital,
  emitted: 'Emitted once when an administrator adds a hospital.',
  data: Hospital,
});

export const HospitalChangedV1 = defineEvent({
  type: 'hospital.changed.v1',
  topic: 'directory',
  key: (data) => data.hospital,
  emitted: "Emitted when a hospital's name, level or AE titles change.",
  data: Hospital,
});

export const StaffChangedV1 = defineEvent({
  type: 'staff.changed.v1',
  topic: 'directory',
  key: (data) => data.hospital ?? data.subject,
  emitted: 'Emitted when a member of staff is added or their roles, hospital or state change.',
  data: z.object({
    subject: z.string(),
    hospital: HospitalCode.nullable(),
    displayName: z.string().max(100),
    roles: z.array(Role).min(1),
    active: z.boolean(),
    version: z.number().int().positive(),
    changedAt: Instant,
  }),
});

export const DepartmentChangedV1 = defineEvent({
  type: 'department.changed.v1',
  topic: 'directory',
  key: (data) => data.hospital,
  emitted: "Emitted when a department's name or head changes.",
  data: z.object({
    hospital: HospitalCode,
    code: z.string().max(16),
    name: z.string().min(1).max(100),
    head: Head,
    version: z.number().int().positive(),
    changedAt: Instant,
  }),
});
