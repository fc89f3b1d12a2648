import { type DicomJson, dicomJsonOf, readDataSet } from '@yinglian/dicom';
import { readTimestamp } from '@yinglian/hl7';
import { z } from 'zod';
import { likelyInstant, type PerformedOrder, type SaidOfStep, STEP_STATUSES } from '../domain/performed-step.js';

const text = z
  .object({ Value: z.tuple([z.string()], z.unknown()) })
  .transform(({ Value: [value] }) => value.trim())
  .optional()
  .catch(undefined);
const sequence = <Item extends z.ZodType>(item: Item) =>
  z
    .object({ Value: z.array(item).default([]) })
    .transform(({ Value }) => Value)
    .optional();

const Reference = z.looseObject({ '00081155': text });
const Series = z.looseObject({ '00081140': sequence(Reference), '00400220': sequence(Reference) });
const Order = z.looseObject({
  '0020000D': text,
  '00080050': text,
  '00401001': text,
  '00402016': text,
  '00402017': text,
});

/** PS3.4 table F.7.2-1, as far as it is used. */
const StepMessage = z.looseObject({
  '00080060': text,
  '00100020': text,
  '00100021': text,
  '00400244': text,
  '00400245': text,
  '00400250': text,
  '00400251': text,
  '00400252': z.object({ Value: z.tuple([z.enum(STEP_STATUSES)]) }).optional(),
  '00400270': sequence(Order),
  '00400340': sequence(Series),
});

/**
 * What the data set of N-CREATE or N-SET says. Undefined when it cannot be read or its status is none.
 * @param zone of the hospital, `+0800`: the times of devices have none
 */
export function readStepMessage(
  dataSet: Buffer,
  transferSyntaxUid: string,
  zone: string,
  receivedAt: string,
): SaidOfStep | undefined {
  let json: DicomJson;
  try {
    json = dicomJsonOf(readDataSet(dataSet, transferSyntaxUid));
  } catch {
    return undefined;
  }
  const message = StepMessage.safeParse(json).data;
  if (message === undefined) return undefined;
  const instant = (date: string | undefined, time: string | undefined) =>
    date === undefined
      ? undefined
      : likelyInstant(readTimestamp(`${date}${(time ?? '').slice(0, 6)}`, zone), receivedAt);
  return stated({
    status: message['00400252']?.Value[0],
    modality: message['00080060'],
    patientId: message['00100020'],
    patientIssuer: message['00100021'],
    orders: message['00400270']?.map(orderOf),
    instances: message['00400340'] && instancesOf(message['00400340']),
    startedAt: instant(message['00400244'], message['00400245']),
    endedAt: instant(message['00400250'], message['00400251']),
  });
}

const orderOf = (order: z.output<typeof Order>): PerformedOrder => ({
  studyInstanceUid: order['0020000D'] ?? '',
  accessionNumber: order['00080050'] ?? '',
  requestedProcedureId: order['00401001'] ?? '',
  placerOrderNumber: order['00402016'] ?? '',
  fillerOrderNumber: order['00402017'] ?? '',
});

/** Images, and presentation states and the like (0040,0220), of all series; each one once. */
const instancesOf = (series: readonly z.output<typeof Series>[]): string[] => [
  ...new Set(
    series
      .flatMap((one) => [...(one['00081140'] ?? []), ...(one['00400220'] ?? [])])
      .flatMap((reference) => reference['00081155'] ?? []),
  ),
];

type Stated = { readonly [Name in keyof SaidOfStep]: SaidOfStep[Name] | undefined };

/** Without what is not said. */
const stated = (said: Stated): SaidOfStep =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
