import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas } from '@yinglian/testing';
import { residentIdOf } from '../testing/patient-index-service.js';
import { stateOf } from '../testing/person-states.js';
import { cancel, feed, pdqQuery } from '../testing/pix-messages.js';
import { PixWorld } from '../testing/pix-world.js';

(machineHas('pydicom') ? describe : describe.skip)('a demographics query (ITI-21)', () => {
  let world: PixWorld;
  let lan: string;
  const residentId = residentIdOf(403, '19920317');
  beforeAll(async () => {
    world = await PixWorld.start();
    const told = { birthDate: '19920317', residentId };
    await world.say([
      feed('A04', { ids: 'L1^^^ONE', name: '蓝^忘机', sex: 'M', ...told }),
      feed('A04', { ids: 'L2^^^TWO', sender: 'HIS|TWO', name: 'LAN^WANGJI', sex: 'M', ...told }),
      feed('A04', { ids: 'O1^^^TWO-OPD', sender: 'HIS|TWO', name: '欧阳^子真', birthDate: '20010101', sex: 'M' }),
      feed('A04', { ids: 'L1^^^TWO', sender: 'HIS|TWO', name: '金^凌', birthDate: '20020202', sex: 'M' }),
      ...Array.from({ length: 23 }, (_, at) =>
        feed('A04', { ids: `W${at}^^^ONE`, name: '温^宁', birthDate: '19900101', sex: at % 2 === 0 ? 'M' : 'F' }),
      ),
    ]);
    lan = (await stateOf(world.index, ['L2'])).get('L2') ?? '';
  });
  afterAll(() => world.stop());

  const idsIn = (answer: readonly string[][]) =>
    answer.flatMap(([name, , , ids = '']) => (name === 'PID' ? [ids] : []));
  const localIds = async (parameters: string, told = {}) => {
    const [answer = []] = await world.say([pdqQuery(parameters, { quantity: '50^RD', ...told })]);
    return idsIn(answer).map((ids) => ids.split('~').at(-1)?.split('^')[0]);
  };

  it('tells who it could be: numbers, names in both scripts, birth date and sex', async () => {
    const query = pdqQuery('@PID.5.1.1^蓝~@PID.5.2.1^忘机', { controlId: 'd1', charset: 'UNICODE UTF-8' });
    const [answer = []] = await world.say([query.replace('PID.5.2.1', 'PID.5.2')]);
    expect([answer[0]?.[9], answer[0]?.[18]]).toEqual(['RSP^K22^RSP_K21', 'UNICODE UTF-8']);
    const ids = `${lan}^^^YL&1.2.156.99&ISO^PI~L1^^^ONE&1.2.156.99.1&ISO^PI~L2^^^TWO&1.2.156.99.2&ISO^PI`;
    expect(answer.slice(1).map((fields) => fields.join('|'))).toEqual([
      'MSA|AA|d1',
      'QAK|Q2|OK|IHE PDQ Query',
      'QPD|IHE PDQ Query|Q2|@PID.5.1.1^蓝~@PID.5.2^忘机|||||',
      `PID|1||${answer[4]?.[3]}||蓝^忘机^^^^^L^I~LAN^WANGJI^^^^^L^A||19920317|M`,
    ]);
    expect(answer[4]?.[3]?.split('~').toSorted()).toEqual(ids.split('~').toSorted());
  });

  it.each([
    ['pinyin', '@PID.5.1.1^LAN~@PID.5.2^WANGJI', ['L2']],
    ['the beginning of a name', '@PID.5.1.1^欧阳*', ['O1']],
    ['birth date', '@PID.7.1^20010101', ['O1']],
    ['birth date with a time', '@PID.7^20010101000000', ['O1']],
    ['a number of whatever hospital', '@PID.3.1^L1', ['L2', 'L1']],
    ['a number of a hospital', '@PID.3.1^L1~@PID.3.4.1^TWO', ['L1']],
    ['a number of a hospital by OID', '@PID.3.1^L1~@PID.3.4.2^1.2.156.99.1~@PID.3.4.3^ISO', ['L2']],
    ['resident id', `@PID.19^${residentId}`, ['L2']],
    ['resident id as a number of the state', `@PID.3.1^${residentId}~@PID.3.4.1^MPS`, ['L2']],
    ['number and another birth date', '@PID.3.1^L1~@PID.3.4.1^ONE~@PID.7^19500101', []],
    ['name and another sex', '@PID.5.1^欧阳子真~@PID.8^F', []],
    ['a name that nobody has', '@PID.5.1.1^无此~@PID.5.2^人', []],
  ])('finds by %s', async (_, parameters, expected) => {
    expect((await localIds(parameters)).toSorted()).toEqual(expected.toSorted());
  });

  it('finds by the id of a person', async () => {
    expect(await localIds(`@PID.3.1^${lan}~@PID.3.4.1^YL`, { domains: '^^^ONE' })).toEqual(['L1']);
  });

  it('says NF when nobody is found', async () => {
    expect(await world.ask(pdqQuery('@PID.5.1.1^无此人', { controlId: 'd2' }))).toEqual([
      'MSA|AA|d2',
      'QAK|Q2|NF|IHE PDQ Query',
      'QPD|IHE PDQ Query|Q2|@PID.5.1.1^无此人|||||',
    ]);
  });

  it('tells numbers of the domains asked for only, and nobody who has none there', async () => {
    const [found = [], none = []] = await world.say([
      pdqQuery('@PID.7^19920317', { domains: '^^^TWO' }),
      pdqQuery('@PID.7^20010101', { domains: '^^^ONE' }),
    ]);
    expect([idsIn(found), none[2]?.[2]]).toEqual([['L2^^^TWO&1.2.156.99.2&ISO^PI'], 'NF']);
  });

  it.each([
    ['all', '', 23, '5^RD'],
    ['those of one sex, whom the search looks for page by page', '~@PID.8^F', 11, '4^RD'],
    ['all, one by one', '', 23, '1'],
  ])('leads through %s by the pointer, nobody twice and nobody left out', async (_, further, count, quantity) => {
    const found: string[] = [];
    const sizes: number[] = [];
    let pointer: string | undefined;
    do {
      const told = pointer === undefined ? { quantity } : { quantity, pointer };
      const [answer = []] = await world.say([pdqQuery(`@PID.5.1.1^温~@PID.5.2^宁${further}`, told)]);
      found.push(...idsIn(answer));
      sizes.push(idsIn(answer).length);
      const next = answer.find(([name]) => name === 'DSC');
      if (next !== undefined) expect([next[2], sizes.at(-1)]).toEqual(['I', Number(quantity.split('^')[0])]);
      pointer = next?.[1];
    } while (pointer !== undefined && sizes.length < 30);
    expect([new Set(found).size, found.length]).toEqual([count, count]);
  });

  it('takes a cancel, after which the next page may still be asked for: nothing was kept', async () => {
    const [, cancelled, next] = await world.say([
      pdqQuery('@PID.5.1.1^温', { quantity: '5^RD' }),
      cancel({ controlId: 'c1' }),
      pdqQuery('@PID.5.1.1^温', { quantity: '5^RD' }),
    ]);
    expect(cancelled?.slice(1)).toEqual([['MSA', 'AA', 'c1']]);
    expect(cancelled?.[0]?.[9]).toBe('ACK^J01^ACK');
    expect(idsIn(next ?? [])).toHaveLength(5);
  });

  it.each([
    ['nothing to search by', '', {}, 'QPD^1^3|101'],
    ['sex alone', '@PID.8^F', {}, 'QPD^1^3|101'],
    ['an authority without a number', '@PID.3.4.1^ONE', {}, 'QPD^1^3|101'],
    ['a number of a domain that is not known', '@PID.3.1^L1~@PID.3.4.1^NINE', {}, 'QPD^1^3|204'],
    ['a field that nobody is found by', '@PID.5.1^温~@PID.11.3^某市', {}, 'QPD^1^3^2|103'],
    ['a field that is none', '@PV1.2^I', {}, 'QPD^1^3^1|103'],
    ['a field twice', '@PID.5.1^温~@PID.5.1.1^蓝', {}, 'QPD^1^3^2|103'],
    ['two numbers', `@PID.3.1^L1~@PID.19^${residentId}`, {}, 'QPD^1^3|103'],
    ['a resident id that is none', '@PID.19^123', {}, 'QPD^1^3|102'],
    ['a date that is none', '@PID.7^1990', {}, 'QPD^1^3|102'],
    ['case 3: a domain to be told that is not known', '@PID.5.1^温', { domains: '^^^ONE~^^^NINE' }, 'QPD^1^8^2|204'],
    ['a quantity that is none', '@PID.5.1^温', { quantity: 'ten' }, 'RCP^1^2^1^1|102'],
    ['a quantity of lines', '@PID.5.1^温', { quantity: '5^LI' }, 'RCP^1^2^1^2|103'],
    ['a pointer that is none', '@PID.5.1^温', { pointer: 'x' }, 'DSC^1^1|204'],
  ])('is wrong with %s', async (_, parameters, told, error) => {
    const [answer = []] = await world.say([pdqQuery(parameters, { controlId: 'bad', ...told })]);
    const [, msa, err] = answer;
    const qak = answer.find(([name]) => name === 'QAK');
    expect([msa?.[1], `${err?.[2]}|${err?.[3]?.slice(0, 3)}`, qak?.[2], idsIn(answer)]).toEqual([
      'AE',
      error,
      'AE',
      [],
    ]);
  });

  it('is wrong with the pointer of another query, or of another system', async () => {
    const [first = []] = await world.say([pdqQuery('@PID.5.1^温', { quantity: '2' })]);
    const pointer = first.find(([name]) => name === 'DSC')?.[1] ?? '';
    expect(pointer).not.toBe('');
    const answers = await world.say([
      pdqQuery('@PID.5.1^蓝', { pointer }),
      pdqQuery('@PID.5.1^温', { pointer, sender: 'HIS|TWO' }),
      pdqQuery('@PID.5.1^温', { pointer: `${pointer.split('/')[0]}/nonsense` }),
    ]);
    expect(answers.map(([, msa, err]) => `${msa?.[1]} ${err?.[2]}`)).toEqual(Array(3).fill('AE DSC^1^1'));
  });

  it('is answered in GB18030 when it is asked in it, and in UTF-8 when it says nothing', async () => {
    const asked = pdqQuery('@PID.5.1.1^蓝', { charset: 'GB 18030-2000' });
    const [chinese = []] = await world.say([asked], 'gb18030');
    const [plain = []] = await world.say([pdqQuery('@PID.7^19920317')]);
    const shown = [chinese, plain].map((answer) => [answer[0]?.[18], answer[4]?.[5]?.split('~')[0]]);
    expect(shown).toEqual([
      ['GB 18030-2000', '蓝^忘机^^^^^L^I'],
      ['UNICODE UTF-8', '蓝^忘机^^^^^L^I'],
    ]);
  });

  it('is recorded before it is answered, by the names of its keys, and refused of a system that only feeds', async () => {
    const answer = await world.ask(pdqQuery('@PID.5.1^温~@PID.7^19900101', { sender: 'HIS|ONE' }));
    expect([answer[0]?.slice(0, 6), answer[1], answer.length]).toEqual(['MSA|AR', 'QAK|Q2|AR|IHE PDQ Query', 3]);
    const records = (await world.index.events('audit')) as { actor: { subject: string } }[];
    expect(records.findLast(({ actor }) => actor.subject === 'client:his-1')).toMatchObject({
      action: 'person.search',
      query: ['name', 'birthDate'],
      decision: { outcome: 'deny' },
    });
    expect(records.find(({ actor }) => actor.subject === 'client:pacs-3')).toMatchObject({
      action: 'person.search',
      purposeOfUse: 'TREAT',
      query: ['name'],
      actor: { hospital: 'H003', displayName: 'pacs-3' },
      decision: { outcome: 'permit', code: 'TREATMENT' },
    });
  });
});
