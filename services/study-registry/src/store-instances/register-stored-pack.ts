import { Injectable } from '@nestjs/common';
import { type PackManifest, STATUS } from '@yinglian/dicom';
import { notServed } from '../domain/sort-instances.js';
import { KeepPack } from '../receive-pack/keep-pack.js';
import { StowedStudyStore } from '../storage/stowed-study.store.js';
import { StudyContents } from '../storage/study-contents.js';
import type { SealedPack } from './growing-pack.js';
import type { SeriesPack } from './series-pack.js';
import type { PackFate } from './stored-file.js';
import { TellPatients } from './tell-patients.js';

/** Keeps and registers a pack that was made here, as if a gateway had brought it. */
@Injectable()
export class RegisterStoredPack {
  constructor(
    private readonly keepPack: KeepPack,
    private readonly contents: StudyContents,
    private readonly patients: TellPatients,
  ) {}

  /** The pack is durable when it resolves. */
  async execute({ manifest, object }: SealedPack, { read, patients }: SeriesPack): Promise<PackFate> {
    try {
      if (await this.isKnown(manifest)) return new Map();
      const instances = read.map(({ indexed }, at) => {
        return { ...indexed, dataSetSha256: manifest.instances[at]?.dataSetSha256 ?? '' };
      });
      const index = { version: 1 as const, instances };
      const metadata = read.map((file) => file.metadata);
      const summaries = read.map(({ summary }) => summary);
      let studyHospital = '';
      const receipt = await this.keepPack.execute(
        object,
        { manifest, index, metadata, summaries },
        async (tx, { stored }, hospital) => {
          studyHospital = hospital;
          if (stored === 0) return;
          await new StowedStudyStore(tx).moved(manifest.studyInstanceUid, hospital);
          await this.patients.tell(tx, patients);
        },
      );
      if (receipt.stored > 0) this.patients.told(patients);
      const failed = studyHospital === manifest.hospital ? STATUS.duplicateInstance : STATUS.notAuthorized;
      return new Map(receipt.notServed.map((place) => [place, failed]));
    } finally {
      await object.discard();
    }
  }

  /** Who sends the same again, as after an answer that was lost, needs no second copy. */
  private async isKnown({ studyInstanceUid, instances }: PackManifest): Promise<boolean> {
    return notServed(instances, await this.contents.registered(studyInstanceUid)).length === 0;
  }
}
