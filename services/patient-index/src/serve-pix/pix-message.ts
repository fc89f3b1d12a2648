import {
  type Charset,
  type Components,
  declaredCharset,
  decodeMessage,
  type Header,
  type Message,
  parseMessage,
  type Segment,
  valuesAt,
} from '@yinglian/hl7';
import type { PixPartner } from './pix-settings.js';

/** A message of a partner, decoded. */
export interface PixMessage {
  readonly header: Header;
  readonly message: Message;
  readonly partner: PixPartner;
  readonly charset: Charset;
  readonly charsetGuessed: boolean;
}

/** Null when its bytes are not in a character set that is known. */
export function readPixMessage(bytes: Buffer, header: Header, partner: PixPartner): PixMessage | null {
  const { text, charset, guessed, broken } = decodeMessage(bytes, partner.charset);
  const message = parseMessage(text);
  if (broken || message === undefined) return null;
  const told = partner.charset ?? declaredCharset(bytes);
  // A query in ASCII may be answered with Chinese names.
  return { header, message, partner, charset: told ?? charset, charsetGuessed: guessed };
}

export const segmentOf = ({ message }: PixMessage, name: string): Segment | undefined =>
  message.segments.find((segment) => segment.name === name);

/** The repetitions of a field of the first such segment. */
export const valuesOf = ({ message }: Pick<PixMessage, 'message'>, segment: string, field: number): Components[] =>
  valuesIn(message, message.segments, segment, field);

export const valuesIn = (
  message: Message,
  segments: readonly Segment[],
  segment: string,
  field: number,
): Components[] => valuesAt(message, segments, { segment, field, repetition: 1, component: 1, subcomponent: 1 });

export const textOf = (message: Pick<PixMessage, 'message'>, segment: string, field: number, component = 1): string =>
  valuesOf(message, segment, field)[0]?.(component) ?? '';
