import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { ObjectStore, ObjectStoreFull, ObjectTooLarge } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { type Failure, failure, type Result, success } from '@yinglian/platform';
import { DocumentStore, documentKey } from '../storage/document.store.js';
import { registryProblems } from '../study-registry.errors.js';

/** A scanned report of some pages; gateways take no longer messages. */
export const LONGEST_DOCUMENT_BYTES = 32 * 1024 * 1024;

export interface DocumentDelivery {
  readonly digest: string;
  readonly hospital: string;
  readonly bytes: Readable;
}

/** Keeps a document of a report under its SHA-256. */
@Injectable()
export class ReceiveDocumentHandler {
  constructor(
    private readonly database: Database,
    private readonly objects: ObjectStore,
  ) {}

  /** Whether it was there before. Failures: DOCUMENT_DIGEST_MISMATCH, DOCUMENT_TOO_LARGE, STORE_FULL. */
  async execute({ digest, hospital, bytes }: DocumentDelivery): Promise<Result<{ known: boolean }>> {
    const documents = new DocumentStore(this.database);
    if (await documents.has(hospital, digest)) {
      bytes.resume();
      return success({ known: true });
    }
    try {
      // Not destroyed when it is too long: the answer goes out on the same connection.
      const pieces = bytes.iterator({ destroyOnReturn: false });
      const object = await this.objects.receive(pieces, LONGEST_DOCUMENT_BYTES);
      try {
        if (object.sha256 !== digest) return failure(registryProblems.DOCUMENT_DIGEST_MISMATCH);
        await object.keep(documentKey(digest));
        await documents.add(hospital, digest, object.sizeBytes);
        return success({ known: false });
      } finally {
        await object.discard();
      }
    } catch (error) {
      return problemOf(error);
    }
  }
}

function problemOf(error: unknown): Failure {
  if (error instanceof ObjectTooLarge) return failure(registryProblems.DOCUMENT_TOO_LARGE);
  if (error instanceof ObjectStoreFull) return failure(registryProblems.STORE_FULL);
  throw error;
}
