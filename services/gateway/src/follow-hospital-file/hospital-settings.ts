import { z } from 'zod';
import { Devices } from '../admit-devices/device.js';
import { BackfillSettings } from '../backfill-studies/backfill-settings.js';
import { Hl7Settings } from '../map-messages/hl7-settings.js';
import { PriorSettings } from '../send-priors/prior-settings.js';
import { UploadSettings } from '../shape-uploads/upload-settings.js';
import { PageAccounts } from '../sign-in/page-accounts.js';

/** What a hospital's own IT staff decide of its gateway. Each section is described where it is used. */
export const HospitalSettings = z.strictObject({
  page: PageAccounts.default({ accounts: [] }).describe('Who may use the page of the gateway'),
  hl7: Hl7Settings.describe('How the hospital’s HIS and RIS write messages'),
  devices: Devices.default([]).describe('The hospital’s own devices'),
  backfill: BackfillSettings.optional().describe('Studies that a PACS had before the gateway came'),
  priors: PriorSettings.optional().describe('Where studies of other hospitals go when a patient visits'),
  upload: UploadSettings.prefault({}).describe('When, how fast and over which links images leave the hospital'),
});
export type HospitalSettings = z.infer<typeof HospitalSettings>;

/** The settings in a file's text. Throws an error that names each wrong place, never its value. */
export function parseHospitalSettings(text: string): HospitalSettings {
  const parsed = HospitalSettings.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(problems.join('; '));
}
