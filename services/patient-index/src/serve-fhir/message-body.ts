import { failure, type Result, success } from '@yinglian/platform';
import { z } from 'zod';
import { type FedPatient, readFedPatient } from './fed-patient.js';
import { fhirProblems } from './fhir.errors.js';
import { PatientBody } from './patient-body.js';

/** Event of a patient feed (ITI-93; IHE PMIR, MessageHeader profile). */
export const FEED_EVENT = 'urn:ihe:iti:pmir:2019:patient-feed';

const MOST_PATIENTS = 500;

const Header = z.object({
  resourceType: z.literal('MessageHeader'),
  id: z.string().max(64).optional(),
  eventUri: z.literal(FEED_EVENT),
  source: z.object({ endpoint: z.string().max(512).optional() }).optional(),
});
const PatientEntry = z.object({
  fullUrl: z.string().max(256).optional(),
  resource: PatientBody.extend({ id: z.string().max(64).optional() }).optional(),
  request: z.object({ method: z.enum(['POST', 'PUT', 'DELETE']), url: z.string().max(1_024).optional() }).optional(),
});
type PatientEntry = z.infer<typeof PatientEntry>;
const History = z.object({
  resourceType: z.literal('Bundle'),
  type: z.literal('history'),
  entry: z.array(PatientEntry).max(MOST_PATIENTS).default([]),
});

export const MessageBody = z.object({
  resourceType: z.literal('Bundle'),
  type: z.literal('message'),
  entry: z
    .tuple([z.object({ fullUrl: z.string().max(256).optional(), resource: Header })])
    .rest(z.object({ resource: z.union([History, z.unknown()]), fullUrl: z.string().max(256).optional() })),
});
export type MessageBody = z.infer<typeof MessageBody>;

/** The patients of a message: within its history bundle, or beside it. All are right, or none is taken in. */
export function readFedPatients({ entry }: MessageBody, hospital: string): Result<FedPatient[]> {
  const [, ...rest] = entry;
  const histories = rest.flatMap(({ resource }) => History.safeParse(resource).data ?? []);
  const beside = rest.filter(({ resource }) => !History.safeParse(resource).success);
  const read = z.array(PatientEntry).max(MOST_PATIENTS).safeParse(beside);
  if (!read.success) return failure(fhirProblems.MESSAGE_NOT_UNDERSTOOD, 'Besides the header there are Patients only');
  const entries = [...histories.flatMap((history) => history.entry), ...read.data];
  if (entries.length > MOST_PATIENTS) return failure(fhirProblems.MESSAGE_NOT_UNDERSTOOD, 'Too many patients at once');
  if (entries.some(({ request }) => request?.method === 'DELETE')) return failure(fhirProblems.REMOVE_NOT_SUPPORTED);
  const referred = (reference: string) => entries.find((one) => isMeant(one, reference))?.resource;
  const fed: FedPatient[] = [];
  for (const { resource } of entries) {
    if (resource === undefined) return failure(fhirProblems.MESSAGE_NOT_UNDERSTOOD, 'An entry has no Patient');
    const patient = readFedPatient(resource, hospital, null, referred);
    if (!patient.ok) return patient;
    fed.push(patient.value);
  }
  return success(fed);
}

const isMeant = ({ fullUrl, resource }: PatientEntry, reference: string): boolean =>
  fullUrl === reference || (resource?.id !== undefined && `Patient/${resource.id}` === reference);
