import { Injectable } from '@nestjs/common';
import type { Body } from '../retrieve-instances/body.js';
import { elementValue, InstanceBytes } from '../storage/instance-bytes.js';
import type { StoredInstance } from '../storage/study-contents.js';

/** Encapsulated PDF Storage (PS3.4 section B.5). */
const ENCAPSULATED_PDF_STORAGE = '1.2.840.10008.5.1.4.1.1.104.1';
export const PDF = 'application/pdf';
const ENCAPSULATED_DOCUMENT = '00420011';
/** Encapsulated Document Length (0042,0015), without the byte that makes the value even. */
const DOCUMENT_LENGTH = 'x00420015';

export const isPdf = ({ sopClassUid }: StoredInstance): boolean => sopClassUid === ENCAPSULATED_PDF_STORAGE;

/** Documents as they were made, without DICOM around them. */
@Injectable()
export class EncapsulatedPdf {
  constructor(private readonly bytes: InstanceBytes) {}

  body(instance: StoredInstance): Body {
    const { bytes } = this;
    return {
      contentType: PDF,
      sizeBytes: undefined,
      async *pieces() {
        const header = await bytes.header(instance);
        const value = elementValue(header, ENCAPSULATED_DOCUMENT) ?? Buffer.alloc(0);
        yield value.subarray(0, header.dataSet.uint32(DOCUMENT_LENGTH) ?? value.length);
      },
    };
  }
}
