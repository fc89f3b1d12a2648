import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { type MessageError, writeField } from '@yinglian/hl7';
import { Database } from '@yinglian/persistence';
import { askingPartner } from '../serve-pix/asking-partner.js';
import { identifierOf } from '../serve-pix/assigning-authorities.js';
import { identifiersOfPerson, type PersonIdentifier } from '../serve-pix/identifiers-of-person.js';
import { withNumbersInUse } from '../serve-pix/numbers-in-use.js';
import { PixFile } from '../serve-pix/pix-file.js';
import type { PixMessage } from '../serve-pix/pix-message.js';
import { notAllowed, type PixReply } from '../serve-pix/pix-reply.js';
import { type FoundPerson, findPerson } from './find-person.js';
import { type CrossReferenceQuery, readCrossReferenceQuery } from './read-cross-reference-query.js';

const TYPE = ['RSP', 'K23', 'RSP_K23'];

/** Which other numbers the person has that one number is of: PIX Query (ITI-9, ITI TF-2 section 3.9). */
@Injectable()
export class CrossReferencePatientHandler {
  constructor(
    private readonly database: Database,
    private readonly access: AccessDecisionPoint,
    private readonly file: PixFile,
  ) {}

  async execute(message: PixMessage, now: Date): Promise<PixReply> {
    const { authorities } = this.file;
    const query = readCrossReferenceQuery(message, authorities);
    if (Array.isArray(query)) return wrong(query);
    const person = await findPerson(this.database, query.source, query.id, now);
    const refusal = await this.refusal(message, query, person);
    if (refusal !== null) return refusal;
    // Case 3 of ITI TF-2 section 3.9.4.2.2.6: nobody has the number.
    if (person === null) return wrong([{ code: 204, location: ['QPD', 1, 3, 1, 1] }]);
    // All numbers of a domain are told (case 6): which of them is used, the hospital knows. The one asked for is known.
    const [told = person] = await withNumbersInUse(this.database, [person]);
    const identifiers = identifiersOfPerson(told, query.targets, authorities).filter(
      ({ id, authority }) => authority !== query.source || id !== query.id,
    );
    // Case 2: the person is known, and in none of the domains that are asked for.
    if (identifiers.length === 0) return { kind: 'response', type: TYPE, status: 'NF' };
    return { kind: 'response', type: TYPE, status: 'OK', segments: [segmentOf(identifiers, message)] };
  }

  /** Whoever learns of a person is recorded with the person; whoever asks for a number that nobody has, with what was asked by. */
  private async refusal(
    { partner }: PixMessage,
    { source }: CrossReferenceQuery,
    person: FoundPerson | null,
  ): Promise<PixReply | null> {
    const by = source.kind === 'resident' ? 'idNumber' : 'localId';
    const authorized =
      person === null
        ? await this.access.authorize(askingPartner(partner, 'person.search', null), { query: [by] })
        : await this.access.authorize(askingPartner(partner, 'person.read', person.personId));
    return authorized.ok ? null : notAllowed(TYPE, authorized.problem);
  }
}

const wrong = (errors: readonly MessageError[]): PixReply => ({ kind: 'response', type: TYPE, status: 'AE', errors });

/** PID-5 is empty, then of type S: names are no business of this query (ITI TF-2 section 3.9.4.2.2.5). */
const segmentOf = (identifiers: readonly PersonIdentifier[], { message: { separators } }: PixMessage): string[] => [
  'PID',
  '',
  '',
  writeField(identifiers.map(identifierOf), separators),
  '',
  writeField(['', ['', '', '', '', '', '', 'S']], separators),
];
