import { isIP } from 'node:net';
import { AeTitle } from '@yinglian/contracts';
import { z } from 'zod';

const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day is 00:00 to 24:00')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const END_OF_DAY = 24 * 60;

/** Less than this is no line: connections would fall silent. */
const Rate = z.number().min(0.1).max(100_000);

/** Between two times of day; over midnight when the second is the earlier one. 0: nothing but the emergency lane. */
const UploadWindow = z
  .strictObject({
    from: TimeOfDay.refine((minute) => minute < END_OF_DAY, 'a window begins at 00:00 to 23:59'),
    to: TimeOfDay,
    megabitsPerSecond: z.union([z.literal(0), Rate]),
  })
  .refine(({ from, to }) => from !== to, {
    path: ['to'],
    error: 'a window does not end when it begins: 00:00 to 24:00 is a whole day',
  });
export type UploadWindow = z.infer<typeof UploadWindow>;

const Windows = z.array(UploadWindow).max(48);

const LinkSettings = z.strictObject({
  name: z.string().regex(/^[\w-]{1,32}$/, 'a link’s name has letters, digits, _ and -'),
  url: z.url().optional().describe('The province’s address on this link, when it is another than PROVINCE_URL'),
  localAddress: z
    .string()
    .refine((text) => isIP(text) !== 0, 'an IP address of this machine')
    .optional(),
  megabitsPerSecond: Rate.optional().describe('What the line has: no window makes it more'),
  windows: Windows.optional().describe('Of this link alone, instead of those of the hospital'),
});
export type LinkSettings = z.infer<typeof LinkSettings>;

/** When and how fast images leave the hospital, and over which links. Rates are of each link. */
export const UploadSettings = z.strictObject({
  timeZone: z.string().refine(isTimeZone, 'a time zone is named as in the IANA database').default('Asia/Shanghai'),
  windows: Windows.default([]),
  emergency: z
    .strictObject({
      megabitsPerSecond: Rate.default(10),
      callingAeTitles: z.array(AeTitle).max(1000).default([]),
      byPriority: z
        .boolean()
        .default(false)
        .describe('C-STORE with Priority HIGH is urgent; many devices ask so for everything'),
    })
    .prefault({}),
  links: z
    .array(LinkSettings)
    .max(8)
    .refine((links) => new Set(links.map(({ name }) => name)).size === links.length, 'two links have one name')
    .default([]),
});
export type UploadSettings = z.infer<typeof UploadSettings>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
