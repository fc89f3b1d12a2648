import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { HospitalCode, Instant, Sha256 } from '@yinglian/contracts';
import { ObjectMissing, ObjectStore } from '@yinglian/objects';
import { z } from 'zod';
import { packKey } from './pack-index.js';
import type { NewStudy } from './study.store.js';
import type { StudyRow } from './study-row.js';

export const COMMIT_LIMIT_BYTES = 64 * 1024;

/** What a registration knew that its pack does not say: its turn among all, and what the study was said to be by then. */
export const PackCommit = z.object({
  version: z.literal(1),
  /** Of the row in `packs`: what became of an instance depends on what was registered before. */
  sequence: z.number().int().positive(),
  study: z.object({
    /** Whose the study is, which may have been announced by another hospital than the pack's. */
    hospital: HospitalCode,
    patientIssuer: z.string(),
    patientId: z.string(),
    studyDate: z.string(),
    studyTime: z.string(),
    accessionNumber: z.string(),
    description: z.string(),
    modality: z.string(),
    bodyPart: z.string(),
    arrivedAt: Instant,
  }),
});
export type PackCommit = z.infer<typeof PackCommit>;

const Sealed = z.looseObject({ seal: Sha256 });

/** As it is stored: with the SHA-256 of what it says, so that it can be told from one that has changed. */
export const sealedCommit = (commit: PackCommit): Buffer =>
  Buffer.from(JSON.stringify({ ...commit, seal: sha256Of(commit) }));

/** Whether bytes are a commit as it was stored. One of before commits were sealed has to be readable only. */
export function isSoundCommit(bytes: Buffer): boolean {
  try {
    const said: unknown = JSON.parse(bytes.toString('utf8'));
    if (!PackCommit.safeParse(said).success) return false;
    const sealed = Sealed.safeParse(said);
    if (!sealed.success) return !(typeof said === 'object' && said !== null && 'seal' in said);
    const { seal, ...commit } = sealed.data;
    return sha256Of(commit) === seal;
  } catch {
    return false;
  }
}

const sha256Of = (said: object) => createHash('sha256').update(JSON.stringify(said)).digest('hex');

export const commitKey = (digest: string) => `${packKey(digest)}.commit`;

/** Beside each pack, durable before its rows are committed: with it the database can be built again (ADR 0040). */
@Injectable()
export class PackCommits {
  constructor(private readonly objects: ObjectStore) {}

  /** A registration that is rolled back afterwards leaves one that the next try replaces. */
  async put(digest: string, commit: PackCommit): Promise<void> {
    const object = await this.objects.receive(only(sealedCommit(commit)), COMMIT_LIMIT_BYTES);
    await object.keep(commitKey(digest)).finally(object.discard);
  }

  /** Undefined for a pack that was registered before commits were kept. */
  async find(digest: string): Promise<PackCommit | undefined> {
    try {
      return PackCommit.parse(JSON.parse((await this.objects.readAll(commitKey(digest))).toString('utf8')));
    } catch (error) {
      if (error instanceof ObjectMissing) return undefined;
      throw error;
    }
  }
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** Of a pack by its turn and its study as it is now. */
export const commitOf = (sequence: number, study: StudyRow): PackCommit => ({
  version: 1,
  sequence,
  study: {
    hospital: study.hospital,
    patientIssuer: study.patient_issuer,
    patientId: study.patient_id,
    studyDate: study.study_date,
    studyTime: study.study_time,
    accessionNumber: study.accession_number,
    description: study.description,
    modality: study.modalities[0] ?? '',
    bodyPart: study.body_parts[0] ?? '',
    arrivedAt: study.arrived_at.toISOString(),
  },
});

export const newStudyOfCommit = ({ study }: PackCommit): Omit<NewStudy, 'studyInstanceUid'> => ({
  patient: { hospital: study.hospital, issuer: study.patientIssuer, id: study.patientId },
  studyDate: study.studyDate,
  studyTime: study.studyTime,
  accessionNumber: study.accessionNumber,
  description: study.description,
  modality: study.modality,
  bodyPart: study.bodyPart,
  arrivedAt: study.arrivedAt,
});
