import { Injectable } from '@nestjs/common';

/** Of one instance that is durable. */
export type Receipt = (bytes: number) => void;

/**
 * Tells who fetches a study of its instances as they come. They are known by the study: a PACS may bring them under any AE title
 * and need not name the C-MOVE that they answer (Move Originator, PS3.7 section 9.3.1.1, is optional).
 */
@Injectable()
export class FetchReceipts {
  private readonly fetching = new Map<string, Set<Receipt>>();

  /** Does the work, and tells of what comes of the study meanwhile. */
  async during<Done>(studyInstanceUid: string, receipt: Receipt, work: () => Promise<Done>): Promise<Done> {
    const receipts = this.fetching.get(studyInstanceUid) ?? new Set();
    this.fetching.set(studyInstanceUid, receipts.add(receipt));
    try {
      return await work();
    } finally {
      receipts.delete(receipt);
      if (receipts.size === 0) this.fetching.delete(studyInstanceUid);
    }
  }

  stored({ studyInstanceUid, length }: { readonly studyInstanceUid: string; readonly length: number }): void {
    for (const receipt of this.fetching.get(studyInstanceUid) ?? []) receipt(length);
  }
}
