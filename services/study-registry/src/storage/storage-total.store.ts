import type { Sql } from '@yinglian/persistence';

export interface StorageTotal {
  readonly hospital: string;
  /** Empty where the series does not say. */
  readonly modality: string;
  readonly packs: number;
  readonly instances: number;
  readonly bytes: number;
}

/** What is stored of each hospital and modality. */
export class StorageTotalStore {
  constructor(private readonly sql: Sql) {}

  async add(studyUid: string, { hospital, modality, instances, bytes }: Omit<StorageTotal, 'packs'>): Promise<void> {
    await this.sql.query(
      `INSERT INTO storage_totals (hospital, modality, slot, packs, instances, bytes)
       VALUES ($1, $2, hashtext($3) & 7, 1, $4, $5)
       ON CONFLICT (hospital, modality, slot) DO UPDATE SET packs = storage_totals.packs + 1,
         instances = storage_totals.instances + excluded.instances, bytes = storage_totals.bytes + excluded.bytes`,
      [hospital, modality, studyUid, instances, bytes],
      'storage-total',
    );
  }

  /** By hospital, what takes most first. */
  all(): Promise<StorageTotal[]> {
    return this.sql.query<StorageTotal>(
      `SELECT hospital, modality, sum(packs)::float8 AS packs, sum(instances)::float8 AS instances, sum(bytes)::float8 AS bytes
       FROM storage_totals GROUP BY hospital, modality ORDER BY hospital, bytes DESC`,
    );
  }
}
