import { Inject, Injectable } from '@nestjs/common';
import { type PackReceipt, StudyRegisteredV1, StudyUpdatedV1 } from '@yinglian/contracts';
import { changedSetDigest, type InstanceSummary, localPatientKey } from '@yinglian/dicom';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { meter, ProblemError, platformProblems } from '@yinglian/platform';
import { contentsDigest } from '../domain/contents-digest.js';
import { notServed, sortInstances } from '../domain/sort-instances.js';
import { advanceStudy } from '../follow-arrivals/advance-study.js';
import { DisposalStore } from '../storage/disposal.store.js';
import { type NewPack, type PackOutcome, PackStore } from '../storage/pack.store.js';
import { commitOf, PackCommits } from '../storage/pack-commits.js';
import { PullStore } from '../storage/pull.store.js';
import { QuarantineStore } from '../storage/quarantine.store.js';
import { SeriesStore } from '../storage/series.store.js';
import { StorageTotalStore } from '../storage/storage-total.store.js';
import { type NewStudy, StudyStore } from '../storage/study.store.js';
import { StudyContents } from '../storage/study-contents.js';
import { StudyNameStore } from '../storage/study-name.store.js';
import type { StudyRow } from '../storage/study-row.js';
import { StudyZoneStore } from '../storage/study-zone.store.js';
import { TreatedStudyStore } from '../storage/treated-study.store.js';
import { WithdrawalStore } from '../storage/withdrawal.store.js';
import { newStudyOf, seriesRowOf, studyDescriptionOf } from './describe-study.js';
import { PackReceipts } from './pack-receipts.js';
import type { ReadPack } from './read-pack.js';

/** What is done in the same transaction when a pack is registered: `receipt` of it, and whose its study is. */
export type Alongside = (tx: Sql, receipt: PackReceipt, studyHospital: string) => Promise<void>;

export interface Registration {
  /** What is said of a study that is not known yet; its first pack says it unless told. */
  readonly announced?: Omit<NewStudy, 'studyInstanceUid'> | undefined;
  readonly alongside?: Alongside | undefined;
  /** The object store has its outline only (ADR 0038). */
  readonly isAtHospital?: boolean;
  /** Whether the pack that has come is in the object store still, by the lock of its study: it may have been let go a moment ago. */
  readonly isThere?: () => Promise<boolean>;
}

type DigestedStudy = StudyRow & { readonly contents_digest: string };

/** Commits a pack that is in the object store: its rows, its study's, and the events that tell of it, or nothing. */
@Injectable()
export class RegisterPackHandler {
  private readonly instances = meter().createCounter('registry.instances.received');

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly contents: StudyContents,
    private readonly receipts: PackReceipts,
    @Inject(PackCommits) private readonly commits: Pick<PackCommits, 'put'>,
  ) {}

  async execute(
    digest: string,
    sizeBytes: number,
    pack: ReadPack,
    at: Date,
    { announced, alongside, isAtHospital = false, isThere }: Registration = {},
  ): Promise<PackReceipt> {
    const { known, receipt } = await this.database.transaction(async (tx) => {
      const { studyInstanceUid } = pack.manifest;
      await new StudyStore(tx).lock(studyInstanceUid);
      const known = await this.receipts.of(digest, tx);
      if (known !== undefined) {
        if (!isAtHospital) {
          // The gateway comes again.
          if ((await isThere?.()) === false) throw new ProblemError(platformProblems.UNAVAILABLE);
          await arrived(tx, digest);
        }
        return { known, receipt: known };
      }
      if (await new DisposalStore(tx).isBeingDestroyed(studyInstanceUid))
        throw new ProblemError(platformProblems.UNAVAILABLE);
      const study = await this.studyOf(tx, pack, at, announced);
      const where = { digest, sizeBytes, atHospital: isAtHospital };
      const receipt = await this.register(tx, where, pack, study, at);
      await alongside?.(tx, receipt, study.hospital);
      return { known, receipt };
    });
    if (known === undefined) this.count(receipt);
    return receipt;
  }

  private count({ stored, duplicates, quarantined }: PackOutcome): void {
    this.instances.add(stored, { outcome: 'stored' });
    this.instances.add(duplicates, { outcome: 'duplicate' });
    this.instances.add(quarantined, { outcome: 'quarantined' });
  }

  private async register(
    tx: Sql,
    where: Pick<NewPack, 'digest' | 'sizeBytes' | 'atHospital'>,
    pack: ReadPack,
    study: StudyRow,
    at: Date,
  ): Promise<PackReceipt> {
    const { hospital, studyInstanceUid, seriesInstanceUid } = pack.manifest;
    const packs = new PackStore(tx);
    const registered = await this.contents.registered(studyInstanceUid, tx);
    const quarantine = new QuarantineStore(tx);
    const keptAside = await quarantine.known(studyInstanceUid);
    const sorted = sortInstances(pack.manifest.instances, registered, keptAside, study.hospital === hospital);
    const newPack: NewPack = {
      ...where,
      studyUid: studyInstanceUid,
      seriesUid: seriesInstanceUid,
      hospital,
      stored: sorted.stored.length,
      duplicates: sorted.duplicates.length,
      quarantined: sorted.quarantined.length,
      studyVersion: sorted.stored.length === 0 ? null : study.version + 1,
      leftOut: [...sorted.duplicates, ...sorted.quarantined.map(({ place }) => place)],
    };
    await this.commits.put(where.digest, commitOf(await packs.add(newPack), study));
    await new StorageTotalStore(tx).add(studyInstanceUid, {
      hospital,
      modality: firstOf(pack.summaries).modality,
      instances: pack.manifest.instances.length,
      bytes: where.sizeBytes,
    });
    await quarantine.add(
      newPack,
      sorted.quarantined.flatMap(({ place, reason }) => {
        const instance = pack.manifest.instances[place];
        return instance === undefined ? [] : [{ ...instance, place, reason }];
      }),
    );
    if (newPack.stored > 0) {
      const known = study.contents_digest ?? contentsDigest(registered);
      await this.grow(tx, { ...study, contents_digest: known }, pack, sorted.stored, at);
    }
    const { stored, duplicates, quarantined } = newPack;
    const { instances } = pack.manifest;
    const isStored = new Set(sorted.stored);
    const aside = notServed(instances, registered).filter((place) => !isStored.has(place));
    const isWithdrawn = study.is_withdrawn || study.withdrawn_instances > 0;
    const receipt = isWithdrawn ? await this.receipts.of(where.digest, tx) : undefined;
    return receipt ?? { stored, duplicates, quarantined, notServed: aside };
  }

  private async studyOf(
    tx: Sql,
    { manifest, summaries }: ReadPack,
    at: Date,
    announced?: Omit<NewStudy, 'studyInstanceUid'>,
  ): Promise<StudyRow> {
    const studies = new StudyStore(tx);
    const known = await studies.find(manifest.studyInstanceUid);
    if (known !== undefined) return known;
    const { studyInstanceUid } = manifest;
    await studies.addIfNew({ ...newStudyOf(manifest, firstOf(summaries)), ...announced, studyInstanceUid }, at);
    await new TreatedStudyStore(tx).listNew([manifest.studyInstanceUid]);
    const added = await studies.find(manifest.studyInstanceUid);
    if (added === undefined) throw new Error('A study that was just added is not there');
    return added;
  }

  private async grow(
    tx: Sql,
    study: DigestedStudy,
    pack: ReadPack,
    stored: readonly number[],
    at: Date,
  ): Promise<void> {
    const { study_uid: studyInstanceUid, hospital } = study;
    const summaries = stored.flatMap((place) => pack.summaries[place] ?? []);
    const metadata = pack.metadata[stored[0] ?? 0] ?? {};
    const series = await new SeriesStore(tx).add(seriesRowOf(firstOf(summaries), metadata, stored.length));
    await new StudyStore(tx).describe(studyInstanceUid, studyDescriptionOf(summaries));
    if (study.patient_name === '') await new StudyNameStore(tx).put(studyInstanceUid);
    if (study.timezone_offset === '') await new StudyZoneStore(tx).put(studyInstanceUid, metadata);
    const withdrawn = study.withdrawn_instances === 0 ? 0 : await new WithdrawalStore(tx).recount(studyInstanceUid);
    const instances = study.instance_count + stored.length;
    const added = stored.flatMap((place) => pack.manifest.instances[place] ?? []);
    const growth = { series, instances, contentsDigest: changedSetDigest(study.contents_digest, added) };
    await advanceStudy(tx, this.outbox, { ...study, withdrawn_instances: withdrawn }, growth, at, async (version) => {
      if (study.instance_count === 0) {
        const patient = localPatientKey(hospital, firstOf(summaries));
        const registeredAt = at.toISOString();
        const data = { studyInstanceUid, hospital, patient, version, instances, registeredAt };
        await this.outbox.add(tx, StudyRegisteredV1, data);
      } else {
        const data = {
          studyInstanceUid,
          hospital,
          version,
          instances: instances - withdrawn,
          updatedAt: at.toISOString(),
        };
        await this.outbox.add(tx, StudyUpdatedV1, data);
      }
    });
  }
}

/** A pack that was registered by its outline is here now. */
async function arrived(tx: Sql, digest: string): Promise<void> {
  await new PackStore(tx).arrived(digest);
  await new PullStore(tx).end(digest);
}

function firstOf(summaries: readonly InstanceSummary[]): InstanceSummary {
  const [first] = summaries;
  if (first === undefined) throw new Error('A pack without instances passed its checks');
  return first;
}
