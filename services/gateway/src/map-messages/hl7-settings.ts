import { Confidentiality, HospitalCode, IdentifierType } from '@yinglian/contracts';
import { readFieldPath } from '@yinglian/hl7';
import { z } from 'zod';
import { type FactName, FIELD_PRESETS } from './field-presets.js';

const Path = z.string().transform((text, context) => {
  const path = readFieldPath(text);
  if (path !== undefined) return path;
  context.addIssue({
    code: 'custom',
    message: 'is no place in a message; one is written like PID-3, PID-3[2].1, PID-3.4.1 or OBX(IMAGES)-5',
  });
  return z.NEVER;
});
const Paths = z.array(Path).max(8);

/** The places of a fact as a list; one alone may be written without brackets. */
const Places = z.union([Path.transform((path) => [path]), Paths]);

const isFactName = (name: string): name is FactName => Object.hasOwn(FIELD_PRESETS, name);

const Fields = z.record(z.string(), Places).superRefine((fields, context) => {
  for (const name of Object.keys(fields).filter((each) => !isFactName(each))) {
    const known = Object.keys(FIELD_PRESETS).join(', ');
    context.addIssue({ code: 'custom', path: [name], message: `is not a fact that is read; these are: ${known}` });
  }
});

const LocalCode = z.string().max(64);
const tableOf = <Target extends z.ZodType>(target: Target) => z.record(LocalCode, target).optional();

const Codes = z
  .strictObject({
    sex: tableOf(z.enum(['M', 'F', 'O', ''])),
    patientClass: tableOf(z.enum(['inpatient', 'outpatient', 'emergency', 'checkup', 'other'])),
    priority: tableOf(z.enum(['urgent', 'routine'])),
    referralStatus: tableOf(z.enum(['active', 'ended', 'cancelled'])),
    referredTo: tableOf(HospitalCode),
    orderControl: tableOf(z.enum(['placed', 'changed', 'performed', 'cancelled'])),
    reportStatus: tableOf(z.enum(['preliminary', 'final', 'corrected', 'withdrawn'])),
    identifierType: tableOf(z.enum([...IdentifierType.options, ''])),
    addressUse: tableOf(z.enum(['home', 'other'])),
    multipleBirth: tableOf(z.enum(['yes', 'no'])),
    confidentiality: tableOf(Confidentiality),
    modality: tableOf(z.string().min(1).max(16)),
    department: tableOf(z.string().min(1).max(64)),
  })
  .default({});

/** What the hospital's code of an examination means in the province's catalogue. */
const Item = z.strictObject({
  code: z.string().min(1).max(64),
  modality: z.string().min(1).max(16).optional(),
  bodyPart: z.string().min(1).max(64).optional(),
});

const Sender = z.strictObject({
  application: z.string().min(1).optional().describe('MSH-3; any when left out'),
  facility: z.string().min(1).optional().describe('MSH-4; any when left out'),
  charset: z.enum(['utf-8', 'gb18030']).optional().describe('Read its messages so, whatever they declare'),
  issuerOfPatientId: z
    .string()
    .max(64)
    .default('')
    .describe('As the images name it; empty when the hospital has one only'),
  issuers: z
    .strictObject({ INSURANCE: z.string().max(64), HEALTH_CARD: z.string().max(64), HOSPITAL: z.string().max(64) })
    .partial()
    .default({})
    .describe('Who gives out numbers of a kind that come without: the insurance’s region, for instance 330100'),
  ignore: z
    .array(
      z.string().regex(/^[A-Z0-9]{3}\^([A-Z0-9]{3}|\*)$/, 'is no message type; one is written like ADT^A31 or SIU^*'),
    )
    .max(100)
    .default([])
    .describe('Types that are acknowledged and not used'),
  fields: Fields.default({}),
  codes: Codes,
  items: z
    .record(LocalCode, Item)
    .optional()
    .describe('With it, an order of an item that is not in it is parked; without, items have no provincial code'),
});

/** Section `hl7` of the hospital's file: how its HIS and RIS write messages. */
export const Hl7Settings = z
  .strictObject({
    timeZone: z
      .string()
      .regex(/^[+-](0\d|1[0-4])[0-5]\d$/, 'is no time zone; one is written like +0800')
      .default('+0800')
      .describe('Of time stamps without one'),
    senders: z
      .array(Sender)
      .min(1)
      .max(50)
      .default([Sender.parse({})]),
  })
  .superRefine(({ senders }, context) => {
    const names = senders.map(({ application = '*', facility = '*' }) => `${application} at ${facility}`);
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) === index) continue;
      context.addIssue({ code: 'custom', path: ['senders', index], message: `is a second time ${name}` });
    }
  })
  .prefault({});
export type Hl7Settings = z.output<typeof Hl7Settings>;
export type SenderSettings = Hl7Settings['senders'][number];
