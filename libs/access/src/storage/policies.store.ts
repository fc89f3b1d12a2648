import { Injectable } from '@nestjs/common';
import type { PolicyFiles } from '@yinglian/contracts';
import { Database, first, type Sql } from '@yinglian/persistence';

export interface AdoptedPolicies {
  readonly adoption: number;
  readonly files: PolicyFiles;
}

/** The policies of the province that this service has replicated. */
@Injectable()
export class PoliciesStore {
  constructor(private readonly database: Database) {}

  /** Those in force, when they were adopted after the named ones. */
  newerThan(adoption: number): Promise<AdoptedPolicies | undefined> {
    return first(
      this.database,
      'SELECT adoption, files FROM access_policies WHERE adoption > $1 ORDER BY adoption DESC LIMIT 1',
      [adoption],
      'adopted-policies',
    );
  }

  static async adopt(tx: Sql, { adoption, files }: AdoptedPolicies, adoptedAt: string): Promise<void> {
    await tx.query(
      'INSERT INTO access_policies (adoption, files, adopted_at) VALUES ($1, $2, $3) ON CONFLICT (adoption) DO NOTHING',
      [adoption, JSON.stringify(files), adoptedAt],
    );
  }
}
