import { z } from 'zod';

/** Which signal said that a study is complete, the surest first (ADR 0020). */
export const CompletionReason = z.enum([
  'MPPS_COMPLETED',
  'COMMITMENT_REQUESTED',
  'RIS_COUNT',
  'QUIET_AFTER_RELEASE',
  'QUIET_TIME',
]);
export type CompletionReason = z.infer<typeof CompletionReason>;

/** `certain`: somebody listed the instances; `likely`: nobody says otherwise; `doubtful`: somebody does. */
export const Confidence = z.enum(['certain', 'likely', 'doubtful']);
export type Confidence = z.infer<typeof Confidence>;

/** How far an exam has come. Each step includes those before it. */
export const ExamState = z.enum(['ordered', 'performed', 'received', 'uploaded', 'registered', 'cancelled']);
export type ExamState = z.infer<typeof ExamState>;

/** Why the images of an exam, or the exam of images, are not where they should be. One for each cause that somebody can mend. */
export const GapCode = z.enum([
  'PERFORMED_WITHOUT_IMAGES',
  'INSTANCES_MISSING',
  'PROVINCE_AWAY',
  'CREDENTIAL_REFUSED',
  'UPLOAD_WAITING',
  'PACK_REFUSED',
  'QUARANTINED',
  'INSTANCES_DIFFER',
  'NOT_REGISTERED',
  'STUDY_WITHOUT_ORDER',
  'STUDY_AMBIGUOUS',
  'LATE',
]);
export type GapCode = z.infer<typeof GapCode>;

/** A calendar day in the hospital's own time zone. */
export const LocalDay = z.iso.date().describe('Calendar day YYYY-MM-DD where the hospital is');
export type LocalDay = z.infer<typeof LocalDay>;

export const ExamPriority = z.enum(['urgent', 'routine']);
export type ExamPriority = z.infer<typeof ExamPriority>;

/** How long after an exam was performed the province is to have its images, from a day on and for one priority. */
export const UploadDeadline = z.object({
  priority: ExamPriority,
  validFrom: LocalDay,
  minutes: z.int().min(1).max(43_200).describe('Minutes from performed to registered'),
});
export type UploadDeadline = z.infer<typeof UploadDeadline>;
