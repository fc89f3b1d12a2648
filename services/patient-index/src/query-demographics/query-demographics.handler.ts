import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { type MessageError, writeField } from '@yinglian/hl7';
import { askingPartner } from '../serve-pix/asking-partner.js';
import { identifiersOfPerson } from '../serve-pix/identifiers-of-person.js';
import { PixFile } from '../serve-pix/pix-file.js';
import type { PixMessage } from '../serve-pix/pix-message.js';
import { notAllowed, type PixReply } from '../serve-pix/pix-reply.js';
import type { DemographicsQuery } from './demographics-query.js';
import { FindMatches, type Matches } from './find-matches.js';
import { personSegment } from './person-segment.js';
import { pointerOf, readDemographicsQuery } from './read-demographics-query.js';

const TYPE = ['RSP', 'K22', 'RSP_K21'];

/** Who it could be, page by page: Patient Demographics Query (ITI-21, ITI TF-2 section 3.21). */
@Injectable()
export class QueryDemographicsHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly findMatches: FindMatches,
    private readonly file: PixFile,
  ) {}

  async execute(message: PixMessage, now: Date): Promise<PixReply> {
    const query = readDemographicsQuery(message, this.file.authorities);
    if (Array.isArray(query)) return wrong(query);
    const asking = askingPartner(message.partner, 'person.search', null);
    const authorized = await this.access.authorize(asking, { query: keysOf(query) });
    if (!authorized.ok) return notAllowed(TYPE, authorized.problem);
    const found = await this.findMatches.execute(query, now);
    if (!found.ok) return { ...wrong([{ code: 102, location: ['QPD', 1, 3] }]), text: found.problem.title };
    return this.answer(message, query, found.value);
  }

  private answer(
    { message }: PixMessage,
    query: DemographicsQuery,
    { persons, cursor, isIncomplete }: Matches,
  ): PixReply {
    const { separators } = message;
    const said = isIncomplete ? { text: 'Names are being entered: more may be found later' } : {};
    if (persons.length === 0 && cursor === null) return { kind: 'response', type: TYPE, status: 'NF', ...said };
    const segments = persons.map((person, at) => {
      const identifiers = identifiersOfPerson(person, query.domains, this.file.authorities);
      return personSegment(person, at + 1, identifiers, separators);
    });
    const further = cursor === null ? [] : [['DSC', writeField([pointerOf(query.mark, cursor)], separators), 'I']];
    return { kind: 'response', type: TYPE, status: 'OK', ...said, segments: [...segments, ...further] };
  }
}

const wrong = (errors: readonly MessageError[]): PixReply => ({ kind: 'response', type: TYPE, status: 'AE', errors });

/** By what was asked, as the access record names it. */
function keysOf({ id, name, birthDate }: DemographicsQuery): string[] {
  const isResident = id?.authority?.kind === 'resident';
  return [
    ...(id === null ? [] : [isResident ? 'idNumber' : 'localId']),
    ...(name === null ? [] : ['name']),
    ...(birthDate === null ? [] : ['birthDate']),
  ];
}
