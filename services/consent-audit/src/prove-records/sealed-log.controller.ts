import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Database, first } from '@yinglian/persistence';
import { Allow, failure, success, unwrap } from '@yinglian/platform';
import { consistencyProof, inclusionProof, TILE_WIDTH, tileProofs } from '@yinglian/transparency-log';
import { z } from 'zod';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { LOG_KEYS, type LogKeyFile } from '../seal-log/log-keys.js';
import { AuditLogStore, type KeptCheckpoint } from '../storage/audit-log.store.js';
import { WitnessStore } from '../storage/witness.store.js';
import { toldKeys } from './told-keys.js';

const Size = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const Newest = z.strictObject({
  cosigned: z.stringbool().default(false).describe('The newest that a hospital signed instead'),
});
const Consistency = z.strictObject({
  from: Size.describe('Records of the earlier tree'),
  to: Size.optional().describe('Records of the later one, of which there is a checkpoint; the newest unless told'),
});

const Tiles = z.strictObject({
  size: Size.describe('Records of the tree that they are shown to be in'),
  tiles: z
    .string()
    .regex(/^\d{1,15}(,\d{1,15}){0,63}$/, 'is no list of at most 64 numbers')
    .transform((text) => text.split(',').map(Number))
    .describe('Their numbers: tile 0 is of the first 256 records'),
});

/** What the audit log is by now, and proofs about it: for witnesses and for whoever verifies. Nothing here tells what a record says. */
@Controller('api/consent-audit/log')
@Allow({ roles: Role.options, scopes: ['gateway:read'] })
export class SealedLogController {
  constructor(
    private readonly database: Database,
    @Inject(LOG_KEYS) private readonly keyFile: LogKeyFile,
  ) {}

  /** The newest checkpoint (C2SP tlog-checkpoint), or the newest that hospitals signed, who stand under it. 404 LOG_NOT_SEALED before the first one. */
  @Get('checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-store')
  async checkpoint(@Query({ schema: Newest }) { cosigned }: z.output<typeof Newest>): Promise<string> {
    const witnesses = new WitnessStore(this.database);
    const checkpoint = cosigned ? await this.newestCosigned(witnesses) : await this.newest();
    const [note] = checkpoint === undefined ? [] : await witnesses.cosigned([checkpoint]);
    return unwrap(note === undefined ? failure(consentAuditProblems.LOG_NOT_SEALED) : success(note));
  }

  /** The keys that sign it, as verifiers write them down (C2SP signed-note): Ed25519, and SM2 beside it. `turns` lead to them from those of before. */
  @Get('keys')
  verifierKeys() {
    return toldKeys(this.database, this.keyFile);
  }

  /**
   * Shows that a checkpoint's tree begins with the tree of `from` records (RFC 6962 section 2.1.2): hashes in base64, lowest first. `lasting` is
   * the checkpoint for witnesses to sign, with the proof that the other one begins with it; left out before the first minute has passed.
   */
  @Get('consistency')
  async consistency(@Query({ schema: Consistency }) { from, to }: z.output<typeof Consistency>) {
    const store = new AuditLogStore(this.database);
    const checkpoint = to === undefined ? await this.newest() : await store.checkpointOf(to);
    if (checkpoint === undefined || from > checkpoint.size) return unwrap(failure(consentAuditProblems.LOG_NOT_SEALED));
    const proof = await consistencyProof(store, from, checkpoint.size);
    return { checkpoint: checkpoint.note, proof: inBase64(proof), ...(await this.lasting(store, checkpoint.size)) };
  }

  /**
   * Whole tiles of the tree, for witnesses to keep: hashes of 256 records each, end to end in base64, with the proof that the tree of `size`
   * records has them (RFC 6962 section 2.1.1, from the tile's own root on). 404 LOG_NOT_SEALED when one is not whole by then.
   */
  @Get('tiles')
  async tiles(@Query({ schema: Tiles }) { size, tiles }: z.output<typeof Tiles>) {
    const sealed = (await this.newest()).size;
    if (size > sealed || tiles.some((tile) => (tile + 1) * TILE_WIDTH > size))
      return unwrap(failure(consentAuditProblems.LOG_NOT_SEALED));
    const store = new AuditLogStore(this.database);
    const proofs = await tileProofs(store, tiles, size);
    const read = new Map(
      (await store.readTiles(tiles.map((index) => ({ level: 0, index })))).map(({ index, hashes }) => [index, hashes]),
    );
    return {
      tiles: tiles.map((tile, at) => ({
        tile,
        hashes: read.get(tile)?.toString('base64') ?? '',
        proof: inBase64(proofs[at] ?? []),
      })),
    };
  }

  /**
   * Shows that a record is in the newest checkpoint's tree (RFC 6962 section 2.1.1): its index, and hashes in base64, lowest first. The
   * record's hash is over its canonical JSON, as an export has it. 404 RECORD_NOT_FOUND, LOG_NOT_SEALED.
   */
  @Get('records/:eventId')
  async inclusion(@Param('eventId', { schema: z.uuid() }) eventId: string) {
    const row = await first<{ position: string }>(this.database, 'SELECT position FROM accesses WHERE event_id = $1', [
      eventId,
    ]);
    if (row === undefined) return unwrap(failure(consentAuditProblems.RECORD_NOT_FOUND));
    const checkpoint = await this.newest();
    const index = Number(row.position);
    if (index >= checkpoint.size) return unwrap(failure(consentAuditProblems.LOG_NOT_SEALED));
    const proof = await inclusionProof(new AuditLogStore(this.database), index, checkpoint.size);
    return { checkpoint: checkpoint.note, index, proof: inBase64(proof) };
  }

  private async newestCosigned(witnesses: WitnessStore): Promise<KeptCheckpoint | undefined> {
    const size = await witnesses.newestSize();
    return size === undefined ? undefined : new AuditLogStore(this.database).checkpointOf(size);
  }

  private async lasting(store: AuditLogStore, size: number) {
    const lasting = await store.lastingCheckpoint(new Date());
    if (lasting === undefined || lasting.size > size) return {};
    const proof = await consistencyProof(store, lasting.size, size);
    return { lasting: { checkpoint: lasting.note, proof: inBase64(proof) } };
  }

  private async newest(): Promise<KeptCheckpoint> {
    const checkpoint = await new AuditLogStore(this.database).newestCheckpoint();
    return unwrap(checkpoint === undefined ? failure(consentAuditProblems.LOG_NOT_SEALED) : success(checkpoint));
  }
}

const inBase64 = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('base64'));
