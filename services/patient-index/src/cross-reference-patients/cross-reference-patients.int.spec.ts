import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas } from '@yinglian/testing';
import { residentIdOf } from '../testing/patient-index-service.js';
import { stateOf } from '../testing/person-states.js';
import { feed, merge, pixQuery } from '../testing/pix-messages.js';
import { PixWorld } from '../testing/pix-world.js';

const UNKNOWN = '204^Unknown key identifier^HL70357|E';

(machineHas('pydicom') ? describe : describe.skip)('a PIX query (ITI-9)', () => {
  let world: PixWorld;
  let person: string;
  let mergedPerson: string;
  const residentId = residentIdOf(402);
  beforeAll(async () => {
    world = await PixWorld.start();
    const told = { name: '花^怜', birthDate: '19800203', residentId };
    await world.say([
      feed('A04', { ids: 'P1^^^ONE', ...told }),
      feed('A04', { ids: 'P2^^^TWO', sender: 'HIS|TWO', ...told }),
      feed('A04', { ids: 'P3^^^TWO-OPD', sender: 'HIS|TWO', ...told }),
      feed('A04', { ids: 'P4^^^ONE', name: '师^青玄' }),
      feed('A04', { ids: 'M1^^^ONE', name: '裴^茗' }),
      feed('A04', { ids: 'M2^^^ONE', name: '裴^名' }),
    ]);
    const before = await stateOf(world.index, ['P1', 'M2']);
    [person = '', mergedPerson = ''] = [before.get('P1'), before.get('M2')];
    await world.say([merge('M2^^^ONE', { ids: 'M1^^^ONE' })]);
  });
  afterAll(() => world.stop());

  const [one, two] = ['ONE&1.2.156.99.1&ISO^PI', 'TWO&1.2.156.99.2&ISO^PI'];
  const provincial = (id: string) => `${id}^^^YL&1.2.156.99&ISO^PI`;

  it('case 1: tells the numbers of all domains, and no name', async () => {
    const [answer = []] = await world.say([pixQuery('P1^^^ONE', '', { controlId: 'q1' })]);
    expect(answer[0]?.slice(4, 6)).toEqual(['YL', 'PACS']);
    expect(answer[0]?.slice(8, 12)).toEqual(['', 'RSP^K23^RSP_K23', expect.any(String), 'P']);
    expect(answer.slice(1).map((fields) => fields.join('|'))).toEqual([
      'MSA|AA|q1',
      'QAK|Q1|OK|IHE PIX Query',
      'QPD|IHE PIX Query|Q1|P1^^^ONE|',
      `PID|||${provincial(person)}~P2^^^${two}~P3^^^TWO-OPD^PI||~^^^^^^S`,
    ]);
  });

  it.each([
    ['of one domain', 'P1^^^ONE', '^^^TWO', () => `P2^^^${two}`],
    ['of one domain by OID', 'P1^^^&1.2.156.99.1&ISO', '^^^&1.2.156.99.2&ISO', () => `P2^^^${two}`],
    ['of two domains', 'P3^^^TWO-OPD', '^^^TWO~^^^ONE', () => `P1^^^${one}~P2^^^${two}`],
    ['of the province', 'P2^^^TWO', '^^^YL', () => provincial(person)],
    ['by resident id', `${residentId}^^^MPS`, '^^^ONE', () => `P1^^^${one}`],
    ['of nobody else, of the province alone', 'P4^^^ONE', '', () => expect.stringMatching(/^P\w{26}\^\^\^YL&[^~]*$/)],
    ['of a merged patient, with the number that goes on', 'M2^^^ONE', '^^^ONE', () => `M1^^^${one}`],
  ])('tells the numbers %s', async (_, id, domains, expected) => {
    const segments = await world.ask(pixQuery(id, domains));
    expect([segments[0]?.slice(0, 6), segments[3]?.split('|')[3]]).toEqual(['MSA|AA', expected()]);
  });

  it('tells the numbers by the id of a person, also of one who was merged', async () => {
    const [found, merged] = await world.say([pixQuery(`${person}^^^YL`, '^^^ONE'), pixQuery(`${mergedPerson}^^^YL`)]);
    expect(found?.[4]?.[3]).toBe(`P1^^^${one}`);
    const survivor = (await stateOf(world.index, ['M1'])).get('M1') ?? '';
    expect(survivor).not.toBe(mergedPerson);
    expect(merged?.[4]?.[3]).toBe(`${provincial(survivor)}~M1^^^${one}`);
  });

  it('case 6: tells all numbers of a domain that are used; a number that was given up is told once it is fed again', async () => {
    const twice = { name: '谷^子', birthDate: '19700101', residentId: residentIdOf(404, '19700101') };
    const numbers = async () => (await world.ask(pixQuery('T3^^^TWO', '^^^ONE')))[3]?.split('|')[3] ?? 'none';
    await world.say([
      ...['T1', 'T2'].map((id) => feed('A04', { ids: `${id}^^^ONE`, ...twice })),
      feed('A04', { ids: 'T3^^^TWO', sender: 'HIS|TWO', ...twice }),
    ]);
    expect(await numbers()).toBe(`T1^^^${one}~T2^^^${one}`);
    await world.say([merge('T1^^^ONE', { ids: 'T2^^^ONE' })]);
    expect(await numbers()).toBe(`T2^^^${one}`);
    await world.say([merge('T2^^^ONE', { ids: 'T1^^^ONE' })]);
    expect(await numbers()).toBe(`T1^^^${one}`);
    await world.say([feed('A08', { ids: 'T2^^^ONE', ...twice, name: '谷^籽', time: '20261125101500' })]);
    expect(await numbers()).toBe(`T1^^^${one}~T2^^^${one}`);
    await world.say([merge('T1^^^ONE', { ids: 'T1^^^ONE' })]);
    expect(await numbers()).toBe(`T1^^^${one}~T2^^^${one}`);
  });

  it('tells a number that was given up again when a steward takes the merge back', async () => {
    await world.say([
      ...['U1', 'U2'].map((id) => feed('A04', { ids: `${id}^^^ONE`, name: '引^玉' })),
      merge('U2^^^ONE', { ids: 'U1^^^ONE' }),
    ]);
    const survivor = (await stateOf(world.index, ['U1'])).get('U1') ?? '';
    const ids = async () => (await world.ask(pixQuery('U2^^^ONE')))[3]?.split('|')[3];
    expect(await ids()).toBe(`${provincial(survivor)}~U1^^^${one}`);
    const [made] = await world.index.database.query<{ decision_id: string }>(
      `SELECT decision_id FROM decisions WHERE reason = 'HOSPITAL' ORDER BY made_at DESC LIMIT 1`,
    );
    const path = `decisions/${made?.decision_id}/withdrawal`;
    expect((await world.index.ask('steward', 'POST', path, { note: 'two people' })).status).toBe(200);
    const [own = ''] = [(await stateOf(world.index, ['U2'])).get('U2')];
    expect(own).not.toBe(survivor);
    expect(await ids()).toBe(provincial(own));
    expect((await world.ask(pixQuery(`${own}^^^YL`)))[3]?.split('|')[3]).toBe(`U2^^^${one}`);
  });

  it('case 2: finds nothing in the domains asked for', async () => {
    expect(await world.ask(pixQuery('P4^^^ONE', '^^^TWO~^^^THREE', { controlId: 'q2' }))).toEqual([
      'MSA|AA|q2',
      'QAK|Q1|NF|IHE PIX Query',
      'QPD|IHE PIX Query|Q1|P4^^^ONE|^^^TWO~^^^THREE',
    ]);
  });

  it.each([
    ['case 3: the number is not known', '404^^^ONE', '', [`ERR||QPD^1^3^1^1|${UNKNOWN}`]],
    ['case 3: the person is not known', 'P0000^^^YL', '', [`ERR||QPD^1^3^1^1|${UNKNOWN}`]],
    ['case 3: the resident id is none', '110105194912310021^^^MPS', '', [`ERR||QPD^1^3^1^1|${UNKNOWN}`]],
    ['case 4: its domain is not known', 'P1^^^NINE', '', [`ERR||QPD^1^3^1^4|${UNKNOWN}`]],
    ['case 4: no domain is said', 'P1', '', [`ERR||QPD^1^3^1^4|${UNKNOWN}`]],
    [
      'case 5: two of the domains asked for are not known',
      'P1^^^ONE',
      '^^^TWO~^^^NINE~^^^&9.9&ISO',
      [`ERR||QPD^1^4^2|${UNKNOWN}`, `ERR||QPD^1^4^3|${UNKNOWN}`],
    ],
    ['no number is asked for', '^^^ONE', '', ['ERR||QPD^1^3^1^1|101^Required field missing^HL70357|E']],
  ])('%s', async (_, id, domains, errors) => {
    expect(await world.ask(pixQuery(id, domains, { controlId: 'q3' }))).toEqual([
      'MSA|AE|q3',
      ...errors,
      'QAK|Q1|AE|IHE PIX Query',
      `QPD|IHE PIX Query|Q1|${id}|${domains}`,
    ]);
  });

  it('is wrong without QPD or without its tag', async () => {
    const [noQuery, noTag] = await world.say([
      pixQuery('P1^^^ONE').replace(/QPD[^\r]*\r/, ''),
      pixQuery('P1^^^ONE').replace('|Q1|', '||'),
    ]);
    expect([noQuery?.[1]?.[1], noQuery?.[2]?.[2], noTag?.[1]?.[1], noTag?.[2]?.[2]]).toEqual([
      'AE',
      'QPD^1',
      'AE',
      'QPD^1^2',
    ]);
  });

  it('is refused of a system that only feeds, and every question is recorded', async () => {
    const refused = await world.ask(pixQuery('P1^^^ONE', '', { sender: 'HIS|ONE', controlId: 'no' }));
    expect(refused).toEqual([
      expect.stringMatching(/^MSA\|AR\|no\|./),
      'QAK|Q1|AR|IHE PIX Query',
      'QPD|IHE PIX Query|Q1|P1^^^ONE|',
    ]);
    const records = (await world.index.events('audit')) as { actor: { subject: string } }[];
    const by = (client: string) => records.filter(({ actor }) => actor.subject === `client:${client}`);
    expect(by('his-1')).toHaveLength(1);
    expect(by('his-1')[0]).toMatchObject({
      action: 'person.read',
      personId: person,
      actor: { subject: 'client:his-1', hospital: 'H001', roles: [] },
      decision: { outcome: 'deny' },
    });
    const asked = by('pacs-3');
    const known = { action: 'person.read', purposeOfUse: 'TREAT', personId: person, query: [] };
    expect(asked[0]).toMatchObject({ ...known, decision: { outcome: 'permit', code: 'TREATMENT' } });
    expect(asked).toContainEqual(
      expect.objectContaining({ action: 'person.search', personId: null, query: ['localId'] }),
    );
  });
});
