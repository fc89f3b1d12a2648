import { Uid } from '@yinglian/contracts';
import type { Segment } from '@yinglian/hl7';
import type { ExamFact, OrderFact } from './facts.js';
import type { FieldReader } from './field-reader.js';

/** What an order's or a report's segments say of the exam. */
export function readExam(fields: FieldReader): ExamFact {
  const numbers = {
    accessionNumber: fields.textOrNull('accessionNumber'),
    placerOrderNumber: fields.textOrNull('placerOrderNumber'),
    fillerOrderNumber: fields.textOrNull('fillerOrderNumber'),
  };
  if (Object.values(numbers).every((number) => number === null)) {
    fields.note('ORDER_NUMBER_MISSING', fields.placeOf('placerOrderNumber'));
  }
  const localCode = fields.textOrNull('item');
  const { items } = fields.settings;
  const item =
    localCode === null || items === undefined || !Object.hasOwn(items, localCode) ? undefined : items[localCode];
  if (items !== undefined && item === undefined) fields.note('CODE_UNKNOWN', fields.placeOf('item'));
  const studyInstanceUid = Uid.safeParse(fields.text('studyInstanceUid'));
  return {
    numbers,
    item: { localCode, localName: fields.text('itemName', 256), provincialCode: item?.code ?? null },
    modality: item?.modality ?? fields.codeByTableOnly('modality')?.slice(0, 16) ?? null,
    bodyPart: item?.bodyPart ?? fields.textOrNull('bodyPart'),
    studyInstanceUid: studyInstanceUid.success ? studyInstanceUid.data : null,
    encounterId: fields.textOrNull('visitNumber'),
    department: fields.codeByTableOnly('department', 'orderingDepartment'),
    orderedAt: fields.instant('orderedAt'),
    performedAt: null,
    imageCount: fields.count('imageCount'),
  };
}

/** ORC-5 (HL7 table 0038) of an order whose images are being made or are made. */
const PERFORMED = ['IP', 'A', 'CM'];

/** An order and what became of it. */
export function readOrder(fields: FieldReader, group: readonly Segment[], recordedAt: string): OrderFact {
  const order = fields.within(group);
  const said = order.code('orderControl') ?? 'placed';
  const isPerformed = said === 'performed' || (said === 'changed' && PERFORMED.includes(order.text('orderStatus')));
  const status = isPerformed
    ? 'performed'
    : said === 'changed' && order.text('orderStatus') === 'CA'
      ? 'cancelled'
      : said;
  const exam = readExam(order);
  return {
    kind: 'order',
    ...exam,
    status,
    priority: order.code('priority') ?? 'routine',
    confidentiality: order.lookUp('confidentiality', order.text('confidentiality')),
    orderedAt: exam.orderedAt ?? (status === 'placed' ? recordedAt : null),
    performedAt: isPerformed ? (order.instant('performedAt') ?? recordedAt) : null,
  };
}
