import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { type ExportReport, ExportUnreadable, verifyExport } from '@yinglian/transparency-log';
import { Obstacle } from '../obstacle.js';
import { notesOf } from './notes-of.js';

export interface VerifyOptions {
  /** A file with the keys that are trusted, one a line; those of the export itself when there is none. */
  readonly keys?: string | undefined;
  /** Files with checkpoints that witnesses kept. */
  readonly witness?: readonly string[] | undefined;
  /** Files with tiles of hashes that witnesses kept. */
  readonly witnessHashes?: readonly string[] | undefined;
  /** A file with the keys of witnesses, one a line. */
  readonly witnessKeys?: string | undefined;
  readonly json?: boolean | undefined;
}

/**
 * Verifies an export of the audit log, which may be gzipped, without a province that runs: prints what is not as it was sealed. The exit
 * code is 1 when something is found, 2 when it is no export.
 */
export async function verifyAudit(
  file: string,
  { keys, witness = [], witnessHashes = [], witnessKeys: keysOfWitnesses, json }: VerifyOptions,
): Promise<void> {
  const [verifierKeys, witnessKeys] = await Promise.all([keys, keysOfWitnesses].map(linesIn));
  const witnessed = (await Promise.all(witness.map(textOf))).flatMap(notesOf);
  const keptTiles = witnessHashes.map(linesOfFile);
  try {
    const report = await verifyExport(linesOfFile(file), { verifierKeys, witnessed, witnessKeys, keptTiles });
    console.log(json === true ? JSON.stringify(report) : told(report, keys !== undefined, witnessed.length).join('\n'));
    process.exitCode = report.findings.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ExportUnreadable) && !isMissing(error)) throw error;
    console.error(
      error instanceof ExportUnreadable ? `${file}: ${error.message}` : `There is no file ${pathOf(error) ?? file}`,
    );
    process.exitCode = 2;
  }
}

async function* linesOfFile(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file);
  yield* createInterface({ input: file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes });
}

function told(report: ExportReport, isPinned: boolean, witnessed: number): string[] {
  const { origin, exportedAt, size, checkpoints, later, witnesses, findings, moreFindings } = report;
  return [
    `${origin} as exported at ${exportedAt}: ${size} records, ${checkpoints} checkpoints, ${witnessed - later} of them from witnesses`,
    ...(later === 0 ? [] : [`${later} checkpoints of witnesses are later than the export and say nothing of it.`]),
    ...witnessedBy(witnesses),
    ...(isPinned ? [] : ['The keys are those that the export names itself: compare them with what you know (--keys).']),
    ...findings.map(
      ({ says, eventId }) => `NOT AS SEALED: ${says}${eventId === undefined ? '' : ` (event ${eventId})`}`,
    ),
    ...(moreFindings === 0 ? [] : [`and ${moreFindings} more`]),
    findings.length === 0 ? 'Everything is as it was sealed.' : 'The log was tampered with, or the export is damaged.',
  ];
}

function witnessedBy(witnesses: ExportReport['witnesses']): string[] {
  if (witnesses.length === 0) return [];
  const signed = witnesses.filter(({ at }) => at !== null);
  return [
    `Witnessed by ${signed.length} of ${witnesses.length} whose keys were given.`,
    ...witnesses.map(({ name, size, at }) =>
      at === null ? `  ${name} signed nothing of it` : `  ${name} signed the first ${size} records at ${at}`,
    ),
  ];
}

const linesIn = async (file: string | undefined) => (file === undefined ? undefined : linesOf(await textOf(file)));

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Obstacle(`${file} cannot be read (${error instanceof Error ? error.message : error}).`);
  }
}

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');
const pathOf = (error: unknown) => (error instanceof Error && 'path' in error ? error.path : undefined);
const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';
