import { Injectable } from '@nestjs/common';
import { decodeMessage } from '@yinglian/hl7';
import { failure, type Result, success } from '@yinglian/platform';
import { z } from 'zod';
import { pageProblems } from '../gateway.errors.js';
import { Ledger } from '../ledger/ledger.js';
import type { RawMessage } from './parked-messages.js';

const Row = z.object({ bytes: z.instanceof(Uint8Array) });
const MOST_CHARACTERS = 200_000;

/** A parked message as it came: data of a patient. Whoever looks is recorded before. */
@Injectable()
export class LookAtMessageHandler {
  constructor(private readonly ledger: Ledger) {}

  execute(sequence: number): Result<RawMessage> {
    const [row] = this.ledger.query(
      Row,
      "SELECT bytes FROM messages WHERE sequence = ? AND state = 'parked'",
      sequence,
    );
    if (row === undefined) return failure(pageProblems.MESSAGE_NOT_PARKED);
    const { text, charset, guessed } = decodeMessage(row.bytes);
    return success({
      text: text.slice(0, MOST_CHARACTERS).replaceAll(/\r\n?/g, '\n'),
      isCut: text.length > MOST_CHARACTERS,
      charset,
      isGuessed: guessed,
    });
  }
}
