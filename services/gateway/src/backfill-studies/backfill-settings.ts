import { AeTitle } from '@yinglian/contracts';
import { z } from 'zod';

const Day = z.iso.date().transform((date) => date.replaceAll('-', ''));
const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day is 00:00 to 24:00')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
const PerHour = z.number().int().min(0).max(100_000);

/** How the studies that a PACS had before the gateway came get to the province. */
export const BackfillSettings = z.strictObject({
  pacs: AeTitle.describe('One of the devices, with its address'),
  from: Day.describe('The oldest day, YYYY-MM-DD'),
  to: Day.optional().describe('The newest day; preset the day before the backfill began'),
  modalities: z
    .array(z.string().regex(/^[A-Z0-9_]{1,16}$/))
    .min(1)
    .max(32)
    .optional(),
  windows: z
    .array(z.strictObject({ from: TimeOfDay, to: TimeOfDay }))
    .max(48)
    .prefault([{ from: '22:00', to: '06:00' }])
    .describe('Hours for it, over midnight when the second is the earlier one'),
  studiesPerHour: PerHour.min(1).default(100_000).describe('At most so many in these hours; one is moved at a time'),
  studiesPerHourOutside: PerHour.default(0).describe('And at other hours'),
  timeZone: z.string().default('Asia/Shanghai').refine(isTimeZone, 'a time zone is named as in the IANA database'),
  method: z.enum(['C-MOVE', 'C-GET']).default('C-MOVE'),
  maximumAnswers: z.number().int().min(1).max(10_000).default(500).describe('Of one search; a longer one is split'),
  restSeconds: z
    .number()
    .int()
    .min(1)
    .max(86_400)
    .default(60)
    .describe('After a failure; doubled each time, to 6 hours'),
  attempts: z.number().int().min(1).max(100).default(5).describe('After so many a study is given up, with its reason'),
});
export type BackfillSettings = z.output<typeof BackfillSettings>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
