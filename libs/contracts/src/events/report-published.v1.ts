import { z } from 'zod';
import { defineHospitalEvent } from '../event-definition.js';
import { HospitalCode, Instant, LocalPatientKey, Sha256, Uid } from '../identifiers.js';
import { ExamItem, OrderNumbers } from './hospital-facts.js';

/** Longest text of a report in the event; Chinese reports have some thousand characters. */
export const LONGEST_REPORT_SECTION = 32_768;
export const MOST_REPORT_SECTIONS = 16;

export const ReportPublishedV1 = defineHospitalEvent({
  type: 'report.published.v1',
  key: (data) => data.patient.id,
  emitted: 'Emitted by a gateway for each report in a message of RIS: preliminary, final, corrected or withdrawn.',
  data: z.object({
    hospital: HospitalCode,
    patient: LocalPatientKey,
    ...OrderNumbers.shape,
    studyInstanceUid: Uid.nullable(),
    item: ExamItem,
    status: z.enum(['preliminary', 'final', 'corrected', 'withdrawn']),
    sections: z
      .array(
        z.object({
          title: z.string().max(128).describe('What the RIS calls it, for instance 检查所见; may be empty'),
          text: z.string().max(LONGEST_REPORT_SECTION),
        }),
      )
      .max(MOST_REPORT_SECTIONS),
    isTruncated: z.boolean().describe('The report was longer than events carry; the gateway has all of it'),
    documents: z
      .array(z.object({ digest: Sha256, mediaType: z.string().max(128), sizeBytes: z.number().int().nonnegative() }))
      .max(16)
      .describe('Embedded documents, for instance a PDF; they are brought to the province by themselves'),
    reportedAt: Instant,
  }),
});
