import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { PatientData } from './observed-record.js';

const LINES_AT_ONCE = 500;

export interface WrittenFile {
  readonly hospital: string;
  readonly path: string;
  readonly records: number;
}

/** What each hospital has on file, a patient a line, as services/patient-index loads it. */
export async function writeMasterFiles(records: Iterable<PatientData>, folder: string): Promise<WrittenFile[]> {
  const files = new Map<string, MasterFile>();
  for (const record of records) {
    const file = files.get(record.hospital) ?? new MasterFile(join(folder, `${record.hospital}.ndjson`));
    files.set(record.hospital, file);
    await file.add(lineOf(record));
  }
  await Promise.all([...files.values()].map((file) => file.end()));
  return [...files].map(([hospital, { path, records }]) => ({ hospital, path, records }));
}

class MasterFile {
  private readonly stream: WriteStream;
  private lines: string[] = [];
  records = 0;

  constructor(readonly path: string) {
    this.stream = createWriteStream(path);
  }

  async add(line: string): Promise<void> {
    this.lines.push(line);
    this.records += 1;
    if (this.lines.length < LINES_AT_ONCE) return;
    const text = this.lines.join('');
    this.lines = [];
    if (!this.stream.write(text)) await once(this.stream, 'drain');
  }

  async end(): Promise<void> {
    this.stream.end(this.lines.join(''));
    await finished(this.stream);
  }
}

function lineOf(record: PatientData): string {
  const { patient, name, birthDate, sex, otherIds, phones, addresses, mother, birthOrder, observedAt } = record;
  const { charsetGuessed: _, ...written } = name;
  const { id, issuer } = patient;
  const line = { id, issuer, name: written, birthDate, sex, otherIds, phones, addresses, mother, birthOrder };
  return `${JSON.stringify({ ...line, updatedAt: observedAt })}\n`;
}
