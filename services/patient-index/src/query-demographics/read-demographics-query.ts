import { createHash } from 'node:crypto';
import { type MessageError, meaningOf, SEXES } from '@yinglian/hl7';
import { readDomains } from '../cross-reference-patients/read-cross-reference-query.js';
import { SearchCursor } from '../find-persons/search-cursor.js';
import type { AssigningAuthorities } from '../serve-pix/assigning-authorities.js';
import { type PixMessage, segmentOf, textOf } from '../serve-pix/pix-message.js';
import type { DemographicsQuery } from './demographics-query.js';
import { type Parameters, readParameters } from './query-parameters.js';

const USUAL_QUANTITY = 25;
const MOST = 100;

/** QPD, RCP and DSC of a demographics query (ITI TF-2 section 3.21.4.1.2), or what is wrong with them. */
export function readDemographicsQuery(
  message: PixMessage,
  authorities: AssigningAuthorities,
): DemographicsQuery | MessageError[] {
  if (segmentOf(message, 'QPD') === undefined) return [{ code: 100, location: ['QPD', 1] }];
  if (textOf(message, 'QPD', 2) === '') return [{ code: 101, location: ['QPD', 1, 2] }];
  const { parameters, errors: unknown } = readParameters(message);
  const asked = readAsked(parameters, authorities);
  const domains = readDomains(message, 8, authorities);
  const control = readControl(message);
  const mark = markOf(message);
  const cursor = readPointer(message, mark);
  const wrong = [unknown, asked, domains.errors, control, cursor].flatMap((one) => (Array.isArray(one) ? one : []));
  if (Array.isArray(asked) || Array.isArray(control) || Array.isArray(cursor) || wrong.length > 0) return wrong;
  return { ...asked, ...control, ...cursor, domains: domains.authorities, mark };
}

type Asked = Pick<DemographicsQuery, 'id' | 'name' | 'birthDate' | 'sex'>;

function readAsked(parameters: Parameters, authorities: AssigningAuthorities): Asked | MessageError[] {
  const id = readId(parameters, authorities);
  if (Array.isArray(id)) return id;
  const name = nameOf(parameters.get('family') ?? '', parameters.get('given') ?? '');
  const said = parameters.get('birthDate')?.slice(0, 8);
  if (said !== undefined && !/^\d{8}$/.test(said)) return [{ code: 102, location: ['QPD', 1, 3], text: NO_DATE }];
  const birthDate = said ?? null;
  if (id === null && name === null && birthDate === null)
    return [{ code: 101, location: ['QPD', 1, 3], text: TOO_WIDE }];
  return { id, name, birthDate, sex: sexOf(parameters.get('sex') ?? '') };
}

function readId(parameters: Parameters, authorities: AssigningAuthorities): DemographicsQuery['id'] | MessageError[] {
  const [id, residentId] = [parameters.get('id'), parameters.get('residentId')];
  const stated = { namespace: parameters.get('namespace') ?? '', universalId: parameters.get('universalId') ?? '' };
  const isStated = stated.namespace !== '' || stated.universalId !== '';
  if (id === undefined && isStated) return [{ code: 101, location: ['QPD', 1, 3], text: TOO_WIDE }];
  if (id !== undefined && residentId !== undefined) return [{ code: 103, location: ['QPD', 1, 3], text: TWO_NUMBERS }];
  if (residentId !== undefined) return { value: residentId, authority: authorities.residents };
  if (id === undefined) return null;
  const authority = isStated ? authorities.find(stated) : null;
  if (isStated && authority === null) return [{ code: 204, location: ['QPD', 1, 3] }];
  return { value: id, authority };
}

/** Unknown, and whatever no table knows, is anybody's. */
const sexOf = (said: string) => meaningOf(SEXES, said.toUpperCase()) || null;

/** Chinese names are written without a space between. */
function nameOf(family: string, given: string): string | null {
  const isHan = /\p{Script=Han}/u.test(family + given);
  return (isHan ? family + given : `${family} ${given}`).trim() || null;
}

/** RCP-1: at once only; RCP-2: how many at a time, records and nothing else (HL7 2.5 section 5.5.6). */
function readControl(message: PixMessage): Pick<DemographicsQuery, 'quantity'> | MessageError[] {
  const [priority, said, unit] = [textOf(message, 'RCP', 1), textOf(message, 'RCP', 2), textOf(message, 'RCP', 2, 2)];
  if (!['', 'I'].includes(priority)) return [{ code: 103, location: ['RCP', 1, 1] }];
  if (!['', 'RD'].includes(unit)) return [{ code: 103, location: ['RCP', 1, 2, 1, 2] }];
  if (said === '') return { quantity: USUAL_QUANTITY };
  const quantity = /^\d{1,9}$/.test(said) ? Number(said) : 0;
  return quantity === 0 ? [{ code: 102, location: ['RCP', 1, 2, 1, 1] }] : { quantity: Math.min(quantity, MOST) };
}

/** DSC-1 of a page before. It says where the query stands, so that nothing is kept between pages. */
function readPointer(message: PixMessage, mark: string): Pick<DemographicsQuery, 'cursor'> | MessageError[] {
  const pointer = textOf(message, 'DSC', 1);
  if (pointer === '') return { cursor: null };
  const [of, cursor = ''] = pointer.split('/');
  if (of === mark && SearchCursor.safeParse(cursor).success) return { cursor };
  return [{ code: 204, location: ['DSC', 1, 1], text: 'The pointer is of another query' }];
}

export const pointerOf = (mark: string, cursor: string): string => `${mark}/${cursor}`;

function markOf(message: PixMessage): string {
  const fields = segmentOf(message, 'QPD')?.fields ?? [];
  const asked = JSON.stringify([message.partner.client, fields[3], fields[8]]);
  return createHash('sha256').update(asked).digest('hex').slice(0, 16);
}

const TOO_WIDE = 'The query needs an identifier, a name or a birth date';
const NO_DATE = 'A birth date is written YYYYMMDD';
const TWO_NUMBERS = 'The query asks for two numbers';
