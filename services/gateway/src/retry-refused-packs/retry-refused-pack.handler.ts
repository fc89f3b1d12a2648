import { Injectable } from '@nestjs/common';
import { failure, type Result, success } from '@yinglian/platform';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import { pageProblems } from '../gateway.errors.js';
import { DAMAGED } from '../upload-packs/pack-uploader.js';

/** A pack that was refused is to be brought to the registry once more, when its turn comes; it goes from here when it is there. */
@Injectable()
export class RetryRefusedPackHandler {
  constructor(private readonly forward: ForwardInstances) {}

  /** Failures: REFUSED_PACK_NOT_FOUND, PACK_DAMAGED. */
  async execute(digest: string): Promise<Result<void>> {
    const { refused, retries } = this.forward;
    const pack = refused.find(digest);
    if (pack === undefined) return failure(pageProblems.REFUSED_PACK_NOT_FOUND);
    // Its name is the digest of what the disk made of it: the registry would take it for whole.
    if (pack.reason === DAMAGED || !(await retries.ask(pack))) return failure(pageProblems.PACK_DAMAGED);
    return success(undefined);
  }
}
