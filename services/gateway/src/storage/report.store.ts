import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Ledger } from '../ledger/ledger.js';
import type { ReportFact } from '../map-messages/facts.js';

/** Reports in all their versions, and the documents in them. */
@Injectable()
export class ReportStore {
  constructor(private readonly ledger: Ledger) {}

  add(examId: number, { status, sections, reportedAt, documents }: ReportFact): void {
    const [row] = this.ledger.query(
      z.object({ report_id: z.number() }),
      'INSERT INTO reports (exam_id, status, sections, reported_at) VALUES (?, ?, ?, ?) RETURNING report_id',
      ...[examId, status, JSON.stringify(sections), reportedAt],
    );
    if (row === undefined) throw new Error('The report was written and is there');
    for (const [position, { digest, mediaType, bytes }] of documents.entries()) {
      this.ledger
        .prepare('INSERT INTO documents (digest, media_type, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
        .run(digest, mediaType, bytes);
      this.ledger
        .prepare('INSERT INTO report_documents (report_id, position, digest) VALUES (?, ?, ?)')
        .run(row.report_id, position, digest);
    }
  }
}
