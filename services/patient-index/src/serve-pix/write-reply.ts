import {
  acknowledge,
  acknowledgeProcessing,
  type Charset,
  type Reply,
  segmentsOfErrors,
  writeAnswer,
} from '@yinglian/hl7';
import { type PixMessage, segmentOf } from './pix-message.js';
import type { PixReply } from './pix-reply.js';

type Stamp = () => { readonly at: Date; readonly controlId: string };

/** The reply as the partner writes messages. In enhanced mode it hears of receipt and of processing in two messages. */
export function writeReply(message: PixMessage, reply: PixReply, stamp: Stamp): Reply {
  const { header } = message;
  if (reply.kind === 'acknowledgement') {
    const answer = acknowledge(header, { ...reply, ...stamp() });
    if (reply.outcome !== 'accepted') return { answer };
    return { answer, further: Promise.resolve(acknowledgeProcessing(header, { ...reply, ...stamp() })) };
  }
  const { status, type, text, errors = [], segments = [] } = reply;
  const code = status === 'AE' || status === 'AR' ? status : 'AA';
  const all = [...segmentsOfErrors(header, errors), ...queryOf(message, status), ...segments];
  const said = text === undefined ? {} : { text };
  const charset = charsetFor(message.charset, all);
  return { answer: writeAnswer(header, { ...said, ...stamp(), code, type, charset, segments: all }) };
}

/** QAK, and QPD as it was asked (HL7 2.5 section 5.5.2, ITI TF-2 sections 3.9.4.2.2 and 3.21.4.2.2). */
function queryOf(message: PixMessage, status: string): string[][] {
  const query = segmentOf(message, 'QPD');
  const fields = query?.fields ?? ['QPD'];
  return [['QAK', fields[2] ?? '', status, fields[1] ?? ''], [...fields]];
}

function charsetFor(charset: Charset, segments: readonly (readonly string[])[]): Charset {
  const isAscii = segments.flat().every((field) => /^\p{ASCII}*$/u.test(field));
  return charset === 'us-ascii' && !isAscii ? 'utf-8' : charset;
}
