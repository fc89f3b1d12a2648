import { Injectable } from '@nestjs/common';
import { Database, type Sql } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import type { ResourceAddress } from '../open-study/addresses.js';
import { registryProblems } from '../study-registry.errors.js';
import { type PackRow, PackStore, type ShownPackRow } from './pack.store.js';
import type { IndexedInstance } from './pack-index.js';
import { PackIndexStore } from './pack-index.store.js';
import { WithdrawalStore } from './withdrawal.store.js';

/** An instance that is registered, and where its bytes are. */
export interface StoredInstance extends IndexedInstance {
  readonly seriesUid: string;
  readonly digest: string;
  /** Its place in the pack's manifest. */
  readonly place: number;
}

export type FoundInstances = Result<readonly [StoredInstance, ...StoredInstance[]]>;

/** Which instances studies and series consist of: rows of packs, joined with the packs' indexes, without what is withdrawn. */
@Injectable()
export class StudyContents {
  constructor(
    private readonly database: Database,
    private readonly indexes: PackIndexStore,
  ) {}

  /** Instances that are shown of a study or of one of its series, in the order in which they arrived, series by series. */
  async of(studyUid: string, seriesUid?: string, sql: Sql = this.database): Promise<StoredInstance[]> {
    return this.shownOf(studyUid, await new PackStore(sql).shown(studyUid, seriesUid), sql);
  }

  private async shownOf(studyUid: string, packs: readonly ShownPackRow[], sql: Sql): Promise<StoredInstance[]> {
    const withdrawn = await withdrawnOf(sql, studyUid, packs);
    const instances = await this.instancesOf(packs);
    return withdrawn.size === 0 ? instances : instances.filter(({ sopInstanceUid: uid }) => !withdrawn.has(uid));
  }

  /** Of each instance that is shown, the SHA-256 of its data set. */
  async shown(studyUid: string, sql: Sql = this.database): Promise<ReadonlyMap<string, string>> {
    return digestsOf(await this.of(studyUid, undefined, sql));
  }

  /** Instances with all that is withdrawn, also of a study that is: what arrivals and versions are compared with. */
  async registeredOf(studyUid: string, seriesUid?: string, sql: Sql = this.database): Promise<StoredInstance[]> {
    return this.instancesOf(await new PackStore(sql).of(studyUid, seriesUid));
  }

  /** Of each instance that is registered, withdrawn or not, the SHA-256 of its data set. */
  async registered(studyUid: string, sql: Sql = this.database): Promise<ReadonlyMap<string, string>> {
    return digestsOf(await this.registeredOf(studyUid, undefined, sql));
  }

  /**
   * The instances of what is asked for, at least one. Failures: STUDY_, SERIES_ or INSTANCE_NOT_FOUND.
   * @param packs of the study or series, where they are known already
   */
  async at(
    { studyUid, seriesUid, sopInstanceUid }: ResourceAddress,
    packs?: readonly ShownPackRow[],
  ): Promise<FoundInstances> {
    const shown = packs ?? (await new PackStore(this.database).shown(studyUid, seriesUid));
    if (seriesUid !== undefined && sopInstanceUid !== undefined) {
      const instance = await this.instance(studyUid, seriesUid, sopInstanceUid, shown);
      return instance === undefined ? failure(registryProblems.INSTANCE_NOT_FOUND) : success([instance]);
    }
    return atLeastOne(await this.shownOf(studyUid, shown, this.database), seriesUid);
  }

  /** The same as of a version of the study, without what is withdrawn now. */
  async asOf({ studyUid, seriesUid, sopInstanceUid }: ResourceAddress, version: number): Promise<FoundInstances> {
    const packs = await new PackStore(this.database).shownThen(studyUid, seriesUid, version);
    const all = await this.shownOf(studyUid, packs, this.database);
    if (sopInstanceUid === undefined) return atLeastOne(all, seriesUid);
    const instance = all.find((one) => one.sopInstanceUid === sopInstanceUid);
    return instance === undefined ? failure(registryProblems.INSTANCE_NOT_FOUND) : success([instance]);
  }

  private async instance(
    studyUid: string,
    seriesUid: string,
    sopInstanceUid: string,
    packs: readonly ShownPackRow[],
  ): Promise<StoredInstance | undefined> {
    if ((await withdrawnOf(this.database, studyUid, packs)).has(sopInstanceUid)) return undefined;
    for (const { digest, left_out: leftOut } of packs) {
      const { instances } = await this.indexes.index(digest);
      const place = instances.findIndex((instance) => instance.sopInstanceUid === sopInstanceUid);
      const instance = instances[place];
      if (instance !== undefined && !leftOut.includes(place)) return { ...instance, seriesUid, digest, place };
    }
    return undefined;
  }

  private async instancesOf(packs: readonly PackRow[]): Promise<StoredInstance[]> {
    const indexes = await Promise.all(packs.map(({ digest }) => this.indexes.index(digest)));
    return packs.flatMap(({ digest, series_uid: series, left_out: leftOut }, at) => {
      const aside = new Set(leftOut);
      return (indexes[at]?.instances ?? []).flatMap((instance, place) =>
        aside.has(place) ? [] : [{ ...instance, seriesUid: series, digest, place }],
      );
    });
  }
}

function atLeastOne([first, ...others]: readonly StoredInstance[], seriesUid: string | undefined): FoundInstances {
  if (first !== undefined) return success([first, ...others]);
  // A study that is known is on its way when nothing of it is here.
  return failure(seriesUid === undefined ? registryProblems.STUDY_ARRIVING : registryProblems.SERIES_NOT_FOUND);
}

const digestsOf = (instances: readonly StoredInstance[]): ReadonlyMap<string, string> =>
  new Map(instances.map(({ sopInstanceUid, dataSetSha256 }) => [sopInstanceUid, dataSetSha256]));

async function withdrawnOf(sql: Sql, studyUid: string, packs: readonly ShownPackRow[]): Promise<ReadonlySet<string>> {
  if (packs[0]?.has_withdrawn !== true) return new Set();
  const rows = await new WithdrawalStore(sql).instances(studyUid);
  return new Set(rows);
}

/** Tells an instance's file from all others, its bytes included: a pack is named by its digest. */
export const nameOf = ({ digest, place }: StoredInstance): string => `${digest} ${place}`;
