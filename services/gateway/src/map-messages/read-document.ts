import { createHash } from 'node:crypto';
import { leafOf, type Message, type Segment } from '@yinglian/hl7';
import type { EmbeddedDocument } from './facts.js';

/**
 * A document in a value of type ED (HL7 2.5.1 section 2.A.24): source, type, subtype, encoding, data. Some senders leave components
 * out, so the data is what follows the word Base64. Undefined when there is none or it is no base64.
 */
export function readDocument(message: Message, segment: Segment, field: number): EmbeddedDocument | undefined {
  // Not by repetitions: a sender that uses a base64 character as separator is none.
  const text = segment.fields[field] ?? '';
  const components = text.split(message.separators.component);
  const encoding = components.findIndex((component) => /^base64$/i.test(component.trim()));
  const data = components[encoding + 1]?.replace(/\s|\\\.br\\/g, '') ?? '';
  if (encoding < 0 || data === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) return undefined;
  const bytes = Buffer.from(data, 'base64');
  const [type, subtype] = [encoding - 1, encoding].map((number) =>
    (leafOf(text, number, 1, message.separators) ?? '').toLowerCase(),
  );
  return {
    digest: createHash('sha256').update(bytes).digest('hex'),
    mediaType: mediaTypeOf(bytes, type, subtype),
    bytes,
  };
}

/** What the bytes are goes before what the sender calls them. */
function mediaTypeOf(bytes: Buffer, type = '', subtype = ''): string {
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return 'application/pdf';
  const said = `${type === '' || type === 'ap' ? 'application' : type}/${subtype}`;
  return /^[a-z]+\/[a-z0-9][a-z0-9.+-]{0,60}$/.test(said) ? said : 'application/octet-stream';
}
