import type { Manifest } from './manifest.js';

/** What the manifest is of, for people; who the patient is stands in the Patient only. */
export function manifestNarrative({ study, series }: Manifest): string {
  const rows: readonly (readonly [name: string, value: string])[] = [
    ['Study Instance UID', study.study_uid],
    ['Description', study.description],
    ['Modalities', study.modalities.join(', ')],
    ['Hospital', study.hospital],
    ['Number of series', String(series.length)],
    ['Number of instances', String(series.reduce((sum, { instances }) => sum + instances.length, 0))],
  ];
  const table = rows.map(([name, value]) => `<tr><td><b>${name}</b></td><td>${escaped(value)}</td></tr>`).join('');
  return `<div xmlns="http://www.w3.org/1999/xhtml"><table><tbody>${table}</tbody></table></div>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Signs that XML has no way to write are left out. */
const escaped = (text: string): string =>
  [...text]
    .filter((sign) => sign >= ' ' && sign.isWellFormed())
    .map((sign) => ESCAPES[sign] ?? sign)
    .join('');
