import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MllpClient } from '@yinglian/hl7';
import { machineHas } from '@yinglian/testing';
import { residentIdOf } from '../testing/patient-index-service.js';
import { stateOf } from '../testing/person-states.js';
import { feed, merge } from '../testing/pix-messages.js';
import { PixWorld } from '../testing/pix-world.js';

(machineHas('pydicom') ? describe : describe.skip)('a patient identity feed (ITI-8)', () => {
  let world: PixWorld;
  beforeAll(async () => {
    world = await PixWorld.start();
  });
  afterAll(() => world.stop());

  const said = async (id: string) => {
    const rows = await world.index.database.query<{ name: { ideographic?: string; alphabetic?: string } }>(
      'SELECT name FROM observations JOIN patients USING (patient_no) WHERE local_id = $1 ORDER BY version',
      [id],
    );
    return rows.map(({ name }) => name.ideographic ?? name.alphabetic);
  };

  it.each(['A01', 'A04', 'A05', 'A28'])('%s makes a patient known, before it is answered', async (trigger) => {
    const message = feed(trigger, { ids: `N-${trigger}^^^ONE`, name: '沈^清秋', controlId: `new-${trigger}` });
    expect(await world.ask(message)).toEqual([`MSA|AA|new-${trigger}`]);
    expect(await said(`N-${trigger}`)).toEqual(['沈^清秋']);
  });

  it('keeps what it says: names in both scripts, numbers, telephone, address and mother', async () => {
    const message = [
      'MSH|^~\\&|HIS|ONE|PIX|YL|20261124101500||ADT^A04|full|P|2.5||||||UNICODE UTF-8',
      'EVN|A04|20261124101500||||20261124100000',
      'PID|||F1^^^ONE&1.2.156.99.1&ISO~K77^^^WJW^健康卡||洛^冰河~LUO^BINGHE|苏^夕颜|19850312|1|||竹林路1号^^某市^某省^310000||13800138000||||||||MU7',
      'PV1||O',
    ].join('\r');
    expect(await world.ask(message)).toEqual(['MSA|AA|full']);
    const [row] = await world.index.database.query(
      `SELECT name, birth_date, sex, other_ids, contact, observed_at FROM observations JOIN patients USING (patient_no) WHERE local_id = 'F1'`,
    );
    expect(row).toEqual({
      name: { ideographic: '洛^冰河', alphabetic: 'LUO^BINGHE', charsetGuessed: false },
      birth_date: '19850312',
      sex: 'M',
      other_ids: [{ id: 'K77', issuer: 'WJW', type: 'HEALTH_CARD' }],
      contact: {
        phones: ['13800138000'],
        addresses: [{ lines: ['竹林路1号'], district: '', city: '某市', state: '某省', postalCode: '310000' }],
        mother: { id: 'MU7', name: '苏^夕颜' },
        birthOrder: null,
      },
      observed_at: new Date('2026-11-24T02:00:00.000Z'),
    });
  });

  it('changes nothing when it is sent again, also after what followed and with another time in its header', async () => {
    const first = feed('A04', { ids: 'D1^^^ONE', name: '尚^清华', controlId: 'd-1' });
    const update = feed('A08', { ids: 'D1^^^ONE', name: '尚^青华', controlId: 'd-2', time: '20261124111500' });
    const again = first.replace('|20261124101500||ADT', '|20261124121500||ADT');
    const answers = await world.say([first, first, update, again, update]);
    expect(answers.map(([, msa]) => msa?.join('|'))).toEqual(
      ['d-1', 'd-1', 'd-2', 'd-1', 'd-2'].map((id) => `MSA|AA|${id}`),
    );
    expect(await said('D1')).toEqual(['尚^清华', '尚^青华']);
  });

  it('is another one when a sender begins to count anew', async () => {
    const messages = ['岳^清源', '柳^清歌'].map((name, at) =>
      feed('A08', { ids: 'C1^^^ONE', name, controlId: '1', time: `2026112412150${at}` }),
    );
    await world.say(messages);
    expect(await said('C1')).toEqual(['岳^清源', '柳^清歌']);
  });

  it('links patients of two hospitals by their resident id', async () => {
    const residentId = residentIdOf(401);
    const told = { name: '莫^北', birthDate: '19800203', residentId };
    await world.say([
      feed('A04', { ids: 'L1^^^ONE', ...told }),
      feed('A04', { ids: 'L2^^^TWO', sender: 'HIS|TWO', ...told }),
    ]);
    const state = await stateOf(world.index, ['L1', 'L2']);
    expect(state.get('L1')).toBe(state.get('L2'));
  });

  it('of several systems at once makes one person of one resident id, and one of a message that comes twice at once', async () => {
    const residentId = residentIdOf(405);
    const messages = Array.from({ length: 24 }, (_, at) => {
      const [sender, domain] = at % 2 === 0 ? ['HIS|ONE', 'ONE'] : ['HIS|TWO', 'TWO'];
      const told = { sender, controlId: `at-once-${at}`, name: '君^吾', birthDate: '19800203', residentId };
      return feed('A04', { ids: `S${at % 8}^^^${domain}`, ...told });
    });
    const connections = await Promise.all([...messages, ...messages].map(() => MllpClient.connect(world.port)));
    const answers = await Promise.all(
      [...messages, ...messages].map((message, at) => connections[at]?.send(Buffer.from(message))),
    );
    for (const connection of connections) connection.close();
    expect(new Set(answers.map((answer) => /MSA\|(..)/.exec(answer?.toString() ?? '')?.[1]))).toEqual(new Set(['AA']));
    const state = await stateOf(
      world.index,
      messages.map((_, at) => `S${at % 8}`),
    );
    expect([state.size, new Set(state.values()).size]).toEqual([8, 1]);
    const kept = await world.index.database.query(`SELECT 1 FROM fed_messages WHERE control_id LIKE 'at-once-%'`);
    expect(kept).toHaveLength(24);
  });

  it('of A40 that says of two numbers at once that either goes on joins them once', async () => {
    await world.say(['V1', 'V2'].map((id) => feed('A04', { ids: `${id}^^^ONE`, name: '灵^文' })));
    const ways = Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? ['V1', 'V2'] : ['V2', 'V1']));
    const answers = await Promise.all(
      ways.map(async ([into = '', from = '']) => {
        const connection = await MllpClient.connect(world.port);
        const answer = await connection.send(
          Buffer.from(merge(`${from}^^^ONE`, { ids: `${into}^^^ONE`, name: '灵^文' })),
        );
        connection.close();
        return /MSA\|(..)/.exec(answer.toString())?.[1];
      }),
    );
    expect(new Set(answers)).toEqual(new Set(['AA']));
    expect(new Set((await stateOf(world.index, ['V1', 'V2'])).values()).size).toBe(1);
  });

  it('of A40 joins two patients, and a third that nobody described; sent again it is answered alike', async () => {
    await world.say(['A1', 'A2'].map((id) => feed('A04', { ids: `${id}^^^ONE`, name: `宁^${id}` })));
    const before = await stateOf(world.index, ['A1', 'A2']);
    const merges = () => world.index.database.query(`SELECT 1 FROM decisions WHERE reason = 'HOSPITAL'`);
    const known = await merges();
    const join = merge('A2^^^ONE', { ids: 'A1^^^ONE', name: '宁^婴婴', controlId: 'join' });
    const further = merge('A3^^^ONE', { ids: 'A1^^^ONE', controlId: 'further' });
    const answers = await world.say([join, join, further, further]);
    expect(answers.map(([, msa]) => msa?.[1])).toEqual(['AA', 'AA', 'AA', 'AA']);
    const person = before.get('A1');
    expect(await stateOf(world.index, ['A1', 'A2', 'A3'])).toEqual(
      new Map([
        ['A1', person],
        ['A2', person],
        ['A3', person],
      ]),
    );
    expect((await merges()).length - known.length).toBe(2);
  });

  it('of A40 with several patients joins each', async () => {
    const pairs = ['PID|||B1^^^ONE\rMRG|B2^^^ONE', 'PID|||B3^^^ONE\rMRG|B4^^^ONE'].join('\r');
    const message = `MSH|^~\\&|HIS|ONE|PIX|YL|20261124101500||ADT^A40|pairs|P|2.5\rEVN|A40|20261124101500\r${pairs}\r`;
    expect(await world.ask(message)).toEqual(['MSA|AA|pairs']);
    const state = await stateOf(world.index, ['B1', 'B2', 'B3', 'B4']);
    expect(state.get('B1')).toBe(state.get('B2'));
    expect(state.get('B3')).toBe(state.get('B4'));
    expect(state.get('B1')).not.toBe(state.get('B3'));
  });

  it('is read and kept in GB18030, with a character of four bytes', async () => {
    const message = feed('A04', { ids: 'G1^^^ONE', name: '誠諀^㐂', controlId: 'gb', charset: 'GB 18030-2000' });
    expect(await world.ask(message, 'gb18030')).toEqual(['MSA|AA|gb']);
    expect(await said('G1')).toEqual(['誠諀^㐂']);
  });

  it('is taken from the number of the only domain of a sender when no authority is written, and by OID alone', async () => {
    await world.say([
      feed('A04', { ids: 'W1', name: '魏^巍' }),
      feed('A04', { ids: 'X9^^^OTHER~W2^^^&1.2.156.99.1&ISO', name: '魏^巍' }),
    ]);
    expect([...(await stateOf(world.index, ['W1', 'W2', 'X9'])).keys()]).toEqual(['W1', 'W2']);
  });

  it.each([
    ['a number of another hospital', { ids: '7^^^TWO' }, 'ERR||PID^1^3^1^4|204^Unknown key identifier^HL70357|E'],
    ['a domain that is not known', { ids: '7^^^NINE' }, 'ERR||PID^1^3^1^4|204^Unknown key identifier^HL70357|E'],
    ['namespace and OID of two domains', { ids: '7^^^ONE&1.2.156.99.2&ISO' }, 'ERR||PID^1^3^1^4|204^'],
    ['no number', { ids: '^^^ONE' }, 'ERR||PID^1^3^1^1|101^Required field missing^HL70357|E'],
    ['a number with a control character', { ids: '7\\X00\\7^^^ONE' }, 'ERR||PID^1^3^1^1|102^'],
    ['a number without end', { ids: `${'7'.repeat(129)}^^^ONE` }, 'ERR||PID^1^3^1^1|102^'],
  ])('is not taken with %s', async (_, told, error) => {
    const answer = await world.ask(feed('A04', { ...told, version: '2.5', controlId: 'x' }));
    expect(answer[0]).toBe('MSA|AE|x|The message does not say which patient it is about');
    expect(answer[1]).toContain(error);
    expect(await said('7')).toEqual([]);
  });

  it('is not taken without an authority from a sender of two domains, without PID, or of A40 without MRG', async () => {
    const answers = await world.say([
      feed('A04', { ids: '8', sender: 'HIS|TWO', version: '2.5' }),
      'MSH|^~\\&|HIS|ONE|PIX|YL|20261124101500||ADT^A04|y|P|2.5\rEVN|A04\r',
      merge('', { ids: '8^^^ONE', version: '2.5' }),
      merge('', { ids: '8^^^ONE', version: '2.5' }).replace('MRG|\r', ''),
    ]);
    expect(answers.map((segments) => [segments[1]?.[1], segments[2]?.slice(2, 4).join(' ')])).toEqual([
      ['AE', 'PID^1^3^1^4 204^Unknown key identifier^HL70357'],
      ['AE', 'PID^1 100^Segment sequence error^HL70357'],
      ['AE', 'MRG^1^1^1^1 101^Required field missing^HL70357'],
      ['AE', 'MRG^1 100^Segment sequence error^HL70357'],
    ]);
  });

  it('is refused of a system that only asks', async () => {
    const message = feed('A04', { ids: '9^^^THREE', sender: 'PACS|THREE', controlId: 'no' });
    expect(await world.ask(message)).toEqual(['MSA|AR|no|The sender does not feed patients here']);
  });
});
