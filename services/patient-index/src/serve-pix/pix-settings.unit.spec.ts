import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { parsePixSettings } from './pix-settings.js';

const partner = { client: 'his', hospital: 'H001', application: 'HIS', facility: 'ONE' };
const domain = { namespace: 'ONE', oid: '1.2.3', hospital: 'H001' };
const settings = { province: { namespace: 'YL' }, domains: [domain], partners: [partner] };

describe('the file of PIX_FILE', () => {
  it('has presets for what is not said', () => {
    expect(parsePixSettings(JSON.stringify(settings))).toEqual({
      timeZone: '+0800',
      province: { namespace: 'YL' },
      residentIds: { namespace: 'MPS', oid: '2.16.156.10011.1.3' },
      domains: [{ ...domain, issuer: '' }],
      partners: [{ ...partner, feeds: [], queries: false }],
    });
  });

  it('is as the documentation shows it', async () => {
    const page = await readFile(new URL('../../../../docs/how-to/connect-pix-and-pdq.md', import.meta.url), 'utf8');
    const [, example = ''] = /```json\n(.*?)```/s.exec(page) ?? [];
    expect(parsePixSettings(example).partners.map(({ client }) => client)).toEqual(['his-h001']);
  });

  it.each([
    ['no partner', { partners: [] }, 'partners: '],
    ['a key that is none', { port: 1 }, 'Unrecognized key'],
    ['an OID that is none', { domains: [{ ...domain, oid: '1.02' }] }, 'domains.0.oid: is no OID'],
    ['a namespace twice', { province: { namespace: 'ONE' } }, 'domains: has the namespace ONE twice'],
    ['an OID twice', { province: { namespace: 'YL', oid: '1.2.3' } }, 'domains: has 1.2.3 twice'],
    [
      'numbers twice',
      { domains: [domain, { namespace: 'B', hospital: 'H001' }] },
      'domains: has numbers of H001 twice',
    ],
    ['a client twice', { partners: [partner, { ...partner, facility: 'B' }] }, 'partners: has his twice'],
    ['a sender twice', { partners: [partner, { ...partner, client: 'b' }] }, 'partners: has HIS at ONE twice'],
    [
      "another hospital's patients fed",
      { partners: [{ ...partner, hospital: 'H002', feeds: ['ONE'] }] },
      'partners.0.feeds: names what are no domains of H002',
    ],
  ])('is wrong with %s', (_, change, problem) => {
    expect(() => parsePixSettings(JSON.stringify({ ...settings, ...change }))).toThrow(problem);
  });
});
