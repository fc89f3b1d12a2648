import { Controller, Get, Query } from '@nestjs/common';
import { SmallCells } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow } from '@yinglian/platform';
import { z } from 'zod';
import { savingOf, sumOf } from '../domain/saving.js';
import { CompactPackStore, type CompactTotal } from '../storage/compact-pack.store.js';
import { type PixelsAtHospital, pixelsAtHospitals } from '../storage/pixels-at-hospitals.js';
import { openCasesByHospital } from '../storage/quarantine-list.js';
import { RequestCountStore } from '../storage/request-count.store.js';
import { StorageTotalStore } from '../storage/storage-total.store.js';

const Period = z.strictObject({ hours: z.coerce.number().int().min(1).max(168).default(24) });
const HOUR_MS = 3_600_000;
const SLOWEST_SHOWN = 20;

@Controller('api/study-registry/operations')
@Allow({ roles: ['administrator'] })
export class ShowOperationsController {
  constructor(
    private readonly database: Database,
    private readonly cells: SmallCells,
  ) {}

  /**
   * How the registry runs: what came in and went out minute by minute (bytes with headers, milliseconds in all), the slowest searches by
   * the names of their keys, bytes registered by hospital and modality, what of them
   * is stored compact and saves, which of them are at their hospitals still, open cases of quarantine. Figures only, nothing of patients: null where
   * studies, cases or those who wait are fewer than `fewerThan` and not none.
   */
  @Get()
  async show(@Query({ schema: Period }) { hours }: z.output<typeof Period>) {
    const since = new Date(Date.now() - hours * HOUR_MS);
    const counts = new RequestCountStore(this.database);
    const [minutes, slowest, storage, compact, atHospitals, quarantine] = await Promise.all([
      counts.minutesSince(since),
      counts.slowestSince(since, SLOWEST_SHOWN),
      new StorageTotalStore(this.database).all(),
      new CompactPackStore(this.database).totals(),
      pixelsAtHospitals(this.database),
      openCasesByHospital(this.database),
    ]);
    return {
      since,
      minutes,
      slowest,
      storage,
      recompression: recompressionOf(compact),
      atHospitals: atHospitals.map((kept) => this.withoutFew(kept)),
      quarantine: this.quarantineOf(quarantine),
      fewerThan: this.cells.fewerThan,
    };
  }

  /** How many studies a hospital keeps, and for how many somebody waits. */
  private withoutFew({ studies, awaited, ...kept }: PixelsAtHospital) {
    return { ...kept, studies: this.cells.without(studies), awaited: this.cells.without(awaited) };
  }

  private quarantineOf(cases: Awaited<ReturnType<typeof openCasesByHospital>>) {
    const cells = this.cells.withoutOf(Object.fromEntries(cases.map((of) => [of.hospital, of.cases])));
    return cases.map(({ hospital }) => ({ hospital, cases: cells[hospital] ?? null }));
  }
}

/** `saving` is the share of the bytes that need not be stored, from 0 to 1; null where nothing is stored compact. */
function recompressionOf(totals: readonly CompactTotal[]) {
  const all = sumOf(totals);
  return { ...all, saving: savingOf(all), compact: totals };
}
