import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { scryptHash } from '../gateway-password/scrypt-hash.js';
import { writeJson } from '../home/atomic-file.js';
import { sampleHl7 } from '../sample/exam-items.js';
import { SAMPLE_HOSPITALS } from '../sample/hospitals.js';
import type { Foundation } from './foundation.js';

/** Who signs in to the page of a gateway that the launcher made. */
export const PAGE_USERNAME = 'it';

export const pagePassword = ({ secrets }: Foundation, hospital: string) => secrets.of(`page/${hospital}`);

/** The path of a hospital's own file; made when it is not there, and left alone from then on: it is the hospital's. */
export async function hospitalFile(foundation: Foundation, hospital: string): Promise<string> {
  const path = join(foundation.home.folder('hospital-files'), `${hospital}.json`);
  if (existsSync(path)) return path;
  const passwordHash = await scryptHash(pagePassword(foundation, hospital));
  const page = { accounts: [{ username: PAGE_USERNAME, name: '信息科', passwordHash }] };
  const isSample = foundation.home.sample && SAMPLE_HOSPITALS.some(({ code }) => code === hospital);
  writeJson(path, { page, ...(isSample ? { hl7: sampleHl7(hospital) } : {}) });
  return path;
}
