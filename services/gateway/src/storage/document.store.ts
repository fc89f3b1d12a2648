import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Ledger } from '../ledger/ledger.js';

const Waiting = z.object({ digest: z.string(), bytes: z.instanceof(Uint8Array) });
export type WaitingDocument = z.output<typeof Waiting>;

/** Documents of reports that the province does not have yet. Their bytes go when it has them. */
@Injectable()
export class DocumentStore {
  constructor(private readonly ledger: Ledger) {}

  /** The next after that digest; the first again behind the last. */
  next(after: string): WaitingDocument | undefined {
    const sql = `SELECT digest, bytes FROM documents WHERE uploaded_at IS NULL ORDER BY digest <= ?, digest LIMIT 1`;
    return this.ledger.query(Waiting, sql, after)[0];
  }

  uploaded(digest: string, at: string): void {
    this.ledger.prepare("UPDATE documents SET uploaded_at = ?, bytes = x'' WHERE digest = ?").run(at, digest);
  }

  get waiting(): number {
    const sql = 'SELECT count(*) AS count FROM documents WHERE uploaded_at IS NULL';
    return this.ledger.query(z.object({ count: z.number() }), sql)[0]?.count ?? 0;
  }
}
