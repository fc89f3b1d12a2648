import { Injectable } from '@nestjs/common';
import { HospitalCode, Instant } from '@yinglian/contracts';
import { ObjectMissing, ObjectStore } from '@yinglian/objects';
import { z } from 'zod';
import { packKey } from './pack-index.js';
import type { NewStudy } from './study.store.js';

const COMMIT_LIMIT_BYTES = 64 * 1024;

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

export const commitKey = (digest: string) => `${packKey(digest)}.commit`;

/** Beside each pack, durable before its rows are committed: with it the database can be built again (ADR 0040). */
@Injectable()
export class PackCommits {
  constructor(private readonly objects: ObjectStore) {}

  /** A registration that is rolled back afterwards leaves one that the next try replaces. */
  async put(digest: string, commit: PackCommit): Promise<void> {
    const bytes = Buffer.from(JSON.stringify(commit));
    const object = await this.objects.receive(only(bytes), COMMIT_LIMIT_BYTES);
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
