import { z } from 'zod';
import type { Ledger } from '../ledger/ledger.js';
import type { CommitmentRequest } from './commitment.js';

export interface KeptRequest extends CommitmentRequest {
  readonly request: number;
  readonly aeTitle: string;
  readonly receivedAt: number;
}

const RequestRow = z.object({
  request: z.number(),
  ae_title: z.string(),
  transaction_uid: z.string(),
  received_at: z.number(),
});
const ReferenceRow = z.object({ sop_class_uid: z.string(), sop_instance_uid: z.string() });
const Id = z.object({ request: z.number() });

const SELECT_REQUESTS = 'SELECT request, ae_title, transaction_uid, received_at FROM commitment_requests';
const SELECT_REFERENCES =
  'SELECT sop_class_uid, sop_instance_uid FROM commitment_references WHERE request = ? ORDER BY position';
const WAITING_FOR = `SELECT DISTINCT request FROM commitment_references
  WHERE sop_instance_uid IN (SELECT value FROM json_each(?))`;

/** Requests of storage commitment that were accepted and not yet reported on. */
export class CommitmentStore {
  constructor(private readonly ledger: Ledger) {}

  /** Durable when it resolves with the request's number. A device that asks again under the same UID means the new list. */
  async add(aeTitle: string, { transactionUid, instances }: CommitmentRequest, receivedAt: number): Promise<number> {
    const request = this.ledger.transaction(() => {
      this.ledger
        .prepare('DELETE FROM commitment_requests WHERE ae_title = ? AND transaction_uid = ?')
        .run(aeTitle, transactionUid);
      const { lastInsertRowid } = this.ledger
        .prepare('INSERT INTO commitment_requests (ae_title, transaction_uid, received_at) VALUES (?, ?, ?)')
        .run(aeTitle, transactionUid, receivedAt);
      const number = Number(lastInsertRowid);
      const reference = this.ledger.prepare('INSERT INTO commitment_references VALUES (?, ?, ?, ?)');
      instances.forEach(({ sopClassUid, sopInstanceUid }, position) => {
        reference.run(number, position, sopClassUid, sopInstanceUid);
      });
      return number;
    });
    await this.ledger.durable();
    return request;
  }

  find(request: number): KeptRequest | undefined {
    const [row] = this.ledger.query(RequestRow, `${SELECT_REQUESTS} WHERE request = ?`, request);
    if (row === undefined) return undefined;
    return {
      request,
      aeTitle: row.ae_title,
      transactionUid: row.transaction_uid,
      receivedAt: row.received_at,
      instances: this.ledger
        .query(ReferenceRow, SELECT_REFERENCES, request)
        .map((each) => ({ sopClassUid: each.sop_class_uid, sopInstanceUid: each.sop_instance_uid })),
    };
  }

  all(): number[] {
    return this.ledger
      .query(Id, 'SELECT request FROM commitment_requests ORDER BY request')
      .map(({ request }) => request);
  }

  receivedBefore(time: number): number[] {
    return this.ledger
      .query(Id, 'SELECT request FROM commitment_requests WHERE received_at < ?', time)
      .map(({ request }) => request);
  }

  /** Those that name one of the instances. */
  naming(sopInstanceUids: readonly string[]): number[] {
    return this.ledger.query(Id, WAITING_FOR, JSON.stringify(sopInstanceUids)).map(({ request }) => request);
  }

  get count(): number {
    const [row] = this.ledger.query(
      z.object({ count: z.number() }),
      'SELECT count(*) AS count FROM commitment_requests',
    );
    return row?.count ?? 0;
  }

  /** It was reported on, or nobody wants to hear of it. */
  remove(request: number): void {
    this.ledger.prepare('DELETE FROM commitment_requests WHERE request = ?').run(request);
  }
}
