import { first, type Sql } from '@yinglian/persistence';
import type { Damage, Finder, KeptObject, NotHealed, Place } from '../domain/kept-object.js';

export type DamageState = 'damaged' | 'unhealable' | 'healed';
export type HealedFrom = Place | 'database' | 'hospital';

export interface DamagedObject {
  readonly damageId: number;
  readonly place: Place;
  readonly digest: string;
  readonly object: KeptObject;
  readonly damage: Damage;
  readonly foundBy: Finder;
  readonly foundAt: Date;
  readonly state: DamageState;
  readonly reason: NotHealed | '';
  readonly attempts: number;
  readonly nextTryAt: Date;
  /** Null with `healed`: it was found sound again. */
  readonly healedFrom: HealedFrom | null;
  readonly healedAt: Date | null;
  /** The key of the damaged bytes, as far as there were any. */
  readonly laidByUnder: string | null;
}

/** Where damage is. */
export type DamagedAt = Pick<DamagedObject, 'place' | 'digest' | 'object'>;

const COLUMNS = `damage_id::float8 AS "damageId", place, digest, object, damage, found_by AS "foundBy", found_at AS "foundAt", state,
  reason, attempts, next_try_at AS "nextTryAt", healed_from AS "healedFrom", healed_at AS "healedAt", laid_by_under AS "laidByUnder"`;
const AT = `digest = $1 AND place = $2 AND object = $3 AND state <> 'healed'`;

/** What was found damaged and what came of it. There is one row at a time for what is damaged now. */
export class DamagedObjectStore {
  constructor(private readonly sql: Sql) {}

  /**
   * What is found again keeps its row. Who finds it heals it now: nobody else tries before `nextTryAt`.
   * Returns whether it is new, and how often healing was tried.
   */
  async found({ digest, place, object }: DamagedAt, damage: Damage, foundBy: Finder, at: Date, nextTryAt: Date) {
    const row = await first<{ attempts: number; isNew: boolean }>(
      this.sql,
      `INSERT INTO damaged_objects (digest, place, object, damage, found_by, found_at, state, next_try_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'damaged', $7)
       ON CONFLICT (digest, place, object) WHERE state <> 'healed'
       DO UPDATE SET damage = excluded.damage, next_try_at = excluded.next_try_at
       RETURNING attempts, found_at = $6 AS "isNew"`,
      [digest, place, object, damage, foundBy, at, nextTryAt],
    );
    return row ?? { attempts: 0, isNew: false };
  }

  async isKnown({ digest, place, object }: DamagedAt): Promise<boolean> {
    return (
      (await this.sql.query(`SELECT 1 FROM damaged_objects WHERE ${AT}`, [digest, place, object], 'damage-known'))
        .length > 0
    );
  }

  async healed(
    { digest, place, object }: DamagedAt,
    from: HealedFrom | null,
    laidByUnder: string | null,
  ): Promise<boolean> {
    const rows = await this.sql.query(
      `UPDATE damaged_objects SET state = 'healed', reason = '', healed_from = $4, healed_at = now(), laid_by_under = $5
       WHERE ${AT} RETURNING 1`,
      [digest, place, object, from, laidByUnder],
    );
    return rows.length > 0;
  }

  /** Whatever was damaged of a pack that came again from its hospital, in both stores. */
  async cameAgain(digest: string): Promise<void> {
    await this.sql.query(
      `UPDATE damaged_objects SET state = 'healed', reason = '', healed_from = 'hospital', healed_at = now()
       WHERE digest = $1 AND state <> 'healed'`,
      [digest],
    );
  }

  async notHealed({ digest, place, object }: DamagedAt, state: DamageState, reason: NotHealed, nextTryAt: Date) {
    await this.sql.query(
      `UPDATE damaged_objects SET state = $4, reason = $5, attempts = attempts + 1, next_try_at = $6 WHERE ${AT}`,
      [digest, place, object, state, reason, nextTryAt],
    );
  }

  async later({ digest, place, object }: DamagedAt, nextTryAt: Date): Promise<void> {
    await this.sql.query(`UPDATE damaged_objects SET next_try_at = $4 WHERE ${AT}`, [digest, place, object, nextTryAt]);
  }

  /** What is to be tried again by now. */
  due(now: Date): Promise<DamagedAt | undefined> {
    return first<DamagedAt>(
      this.sql,
      `SELECT digest, place, object FROM damaged_objects WHERE state <> 'healed' AND next_try_at <= $1
       ORDER BY next_try_at LIMIT 1`,
      [now],
      'damaged-due',
    );
  }

  /** Of one place only what is damaged there is forgotten. */
  async forget(place: Place): Promise<void> {
    await this.sql.query(`DELETE FROM damaged_objects WHERE place = $1 AND state <> 'healed'`, [place]);
  }

  /** Numbers of what is damaged now. */
  async counts(): Promise<{ damaged: number; unhealable: number }> {
    const row = await first<{ damaged: number; unhealable: number }>(
      this.sql,
      `SELECT count(*) FILTER (WHERE state = 'damaged')::int AS damaged, count(*) FILTER (WHERE state = 'unhealable')::int AS unhealable
       FROM damaged_objects WHERE state <> 'healed'`,
    );
    return row ?? { damaged: 0, unhealable: 0 };
  }

  /** The newest first, of those before one. */
  list(state: DamageState, before: number | null, limit: number): Promise<DamagedObject[]> {
    return this.sql.query<DamagedObject>(
      `SELECT ${COLUMNS} FROM damaged_objects WHERE state = $1 AND ($2::bigint IS NULL OR damage_id < $2)
       ORDER BY damaged_objects.damage_id DESC LIMIT $3`,
      [state, before, limit],
    );
  }
}
