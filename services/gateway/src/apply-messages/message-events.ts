import {
  type EventData,
  LONGEST_REPORT_SECTION,
  MOST_REPORT_SECTIONS,
  type OrderPlacedV1,
  type ReportPublishedV1,
} from '@yinglian/contracts';
import type { OrderFact, ReportFact } from '../map-messages/facts.js';
import type { ExamRow } from '../storage/exam.store.js';

const MOST_DOCUMENTS = 16;

/** The exam of an order or a report, as events name it. */
const examOfEvent = (exam: ExamRow) => ({
  accessionNumber: exam.accession_number,
  placerOrderNumber: exam.placer_order_number,
  fillerOrderNumber: exam.filler_order_number,
  studyInstanceUid: exam.study_instance_uid,
  item: {
    localCode: exam.item_code,
    localName: exam.item_name,
    provincialCode: exam.provincial_item_code,
  },
});

type About<Data extends { hospital: string }> = Pick<Data, 'hospital'> & {
  patient: EventData<typeof OrderPlacedV1>['patient'];
};

export const orderPlaced = (
  about: About<EventData<typeof OrderPlacedV1>>,
  exam: ExamRow,
  { status, confidentiality }: OrderFact,
  recordedAt: string,
): EventData<typeof OrderPlacedV1> => ({
  ...about,
  ...examOfEvent(exam),
  status,
  modality: exam.modality,
  bodyPart: exam.body_part,
  priority: exam.priority,
  department: exam.department,
  encounterId: exam.encounter_id,
  orderedAt: exam.ordered_at,
  performedAt: exam.performed_at,
  ...(confidentiality === undefined ? {} : { confidentiality }),
  recordedAt,
});

/** Of a report that is longer than an event may be, its beginning. */
export function reportPublished(
  about: About<EventData<typeof ReportPublishedV1>>,
  exam: ExamRow,
  { status, sections, documents, reportedAt }: ReportFact,
): EventData<typeof ReportPublishedV1> {
  const isTruncated =
    sections.length > MOST_REPORT_SECTIONS ||
    documents.length > MOST_DOCUMENTS ||
    sections.some(({ text }) => text.length > LONGEST_REPORT_SECTION);
  return {
    ...about,
    ...examOfEvent(exam),
    status,
    sections: sections
      .slice(0, MOST_REPORT_SECTIONS)
      .map(({ title, text }) => ({ title, text: text.slice(0, LONGEST_REPORT_SECTION) })),
    isTruncated,
    documents: documents
      .slice(0, MOST_DOCUMENTS)
      .map(({ digest, mediaType, bytes }) => ({ digest, mediaType, sizeBytes: bytes.length })),
    reportedAt,
  };
}
