import { Inject, Injectable } from '@nestjs/common';
import { PACK_MEDIA_TYPE } from '@yinglian/dicom';
import { failure, type Result, success } from '@yinglian/platform';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import { pageProblems } from '../gateway.errors.js';
import { GATEWAY_FOUNDATION } from '../gateway.tokens.js';
import type { GatewayFoundation } from '../gateway-foundation.js';
import type { RefusedPack } from '../storage/refused-packs.store.js';
import { fatesOf, meaningOf, type PackAnswer } from '../upload-packs/registry-answer.js';

/** The reason of a pack whose bytes the disk did not keep. */
const DAMAGED = 'SPOOL_DAMAGED';

/** Brings a pack that was refused to the registry once more; it goes from here when the registry has it. */
@Injectable()
export class RetryRefusedPackHandler {
  /** A pack is under way once, however often it is asked for. */
  private readonly underWay = new Map<string, Promise<Result<void>>>();

  constructor(
    @Inject(GATEWAY_FOUNDATION) private readonly foundation: GatewayFoundation,
    private readonly forward: ForwardInstances,
  ) {}

  execute(digest: string): Promise<Result<void>> {
    const known = this.underWay.get(digest);
    if (known !== undefined) return known;
    const attempt = this.attempt(digest).finally(() => this.underWay.delete(digest));
    this.underWay.set(digest, attempt);
    return attempt;
  }

  private async attempt(digest: string): Promise<Result<void>> {
    const { refused, fates } = this.forward;
    const pack = refused.find(digest);
    if (pack === undefined) return failure(pageProblems.REFUSED_PACK_NOT_FOUND);
    // Its name is the digest of what the disk made of it: the registry would take it for whole.
    if (pack.reason === DAMAGED) return failure(pageProblems.PACK_DAMAGED);
    const instances = await refused.instancesOf(pack);
    for (const { sopInstanceUid } of instances) fates.arrived(sopInstanceUid);
    const meaning = await this.send(pack);
    if (typeof meaning === 'object' && 'aside' in meaning) {
      const became = fatesOf(meaning, instances.length);
      await fates.decided(instances.map((instance, place) => ({ ...instance, fate: became[place] ?? 'quarantined' })));
      await refused.remove(pack);
      return success(undefined);
    }
    for (const { sopInstanceUid } of instances) fates.dropped(sopInstanceUid);
    return typeof meaning === 'object'
      ? failure(pageProblems.PACK_REFUSED_AGAIN, meaning.refused)
      : failure(pageProblems.PROVINCE_DOES_NOT_ANSWER);
  }

  private async send(pack: RefusedPack): Promise<PackAnswer> {
    const headers = { 'content-type': PACK_MEDIA_TYPE, 'content-length': String(pack.sizeBytes) };
    const path = `/api/study-registry/packs/${pack.digest}`;
    try {
      return meaningOf(await this.foundation.province.put(path, headers, this.forward.refused.read(pack)));
    } catch {
      return 'away';
    }
  }
}
