import type { LocalPatientKey } from '@yinglian/contracts';
import type { Components, MessageError } from '@yinglian/hl7';
import { type AssigningAuthorities, statedIn } from '../serve-pix/assigning-authorities.js';
import type { PixPartner } from '../serve-pix/pix-settings.js';

const LONGEST_ID = 128;

type Found = { readonly patient: LocalPatientKey } | { readonly error: MessageError };

/**
 * The number, of those that stand in a field (CX), that is of a domain the partner feeds. One without any authority is of the only
 * domain of a partner that has one; IHE asks for the authority, and many HIS leave it out.
 */
export function findFedId(
  values: readonly Components[],
  field: readonly [segment: string, sequence: number, field: number],
  { hospital, feeds }: PixPartner,
  authorities: AssigningAuthorities,
): Found {
  const written = values.filter((value) => value(1) !== '');
  if (written.length === 0) return { error: { code: 101, location: [...field, 1, 1] } };
  for (const value of written) {
    const issuer = issuerOf(value, feeds, authorities);
    if (issuer === undefined) continue;
    if (value(1).length > LONGEST_ID || /\p{Cc}/u.test(value(1)))
      return { error: { code: 102, location: [...field, 1, 1] } };
    return { patient: { hospital, issuer, id: value(1) } };
  }
  return { error: { code: 204, location: [...field, 1, 4], text: 'No number is of a domain that the sender feeds' } };
}

function issuerOf(value: Components, feeds: readonly string[], authorities: AssigningAuthorities): string | undefined {
  const stated = statedIn(value);
  const [only = '', ...others] = feeds;
  const isUnsaid = stated.namespace === '' && stated.universalId === '' && others.length === 0;
  const authority = authorities.find(isUnsaid ? { namespace: only, universalId: '' } : stated);
  return authority?.kind === 'hospital' && feeds.includes(authority.namespace) ? authority.issuer : undefined;
}
