import { describe, expect, it } from '@jest/globals';
import { compareRecords } from './compare-records.js';
import { type Statement, viewStatement } from './record.js';

const ID = '339901198002030016';

function statement(told: Partial<Statement> & { pn?: string }): Statement {
  const { pn = '曾^小雨', ...rest } = told;
  return {
    version: 1,
    name: { alphabetic: pn, charsetGuessed: false },
    birthDate: null,
    sex: '',
    numbers: [],
    otherIds: [],
    contact: null,
    byStudy: true,
    observedAt: new Date('2026-11-24T08:00:00.000Z'),
    ...rest,
  };
}

const contact = (told: Partial<NonNullable<Statement['contact']>>) => ({
  phones: [],
  addresses: [],
  mother: null,
  birthOrder: null,
  ...told,
});

describe('a record as a steward reads it', () => {
  it('shows what was written with its readings, and numbers only to those who know them', () => {
    const view = viewStatement(
      statement({
        sex: 'F',
        birthDate: '19800203',
        numbers: [`RESIDENT_ID ${ID}`],
        otherIds: [
          { id: ID, issuer: 'MPS' },
          { id: 'E12345678', issuer: 'CHN', type: 'PASSPORT' },
          { id: '123', issuer: '' },
        ],
        contact: contact({
          phones: ['138 0013 8000'],
          addresses: [{ lines: ['柳河路12号'], district: '东湖区', city: '望川市', state: '', postalCode: '339000' }],
        }),
      }),
      '20261129',
    );
    expect(view).toEqual({
      version: 1,
      names: [{ written: '曾小雨', readings: expect.stringMatching(/^(zeng\/ceng|ceng\/zeng) xiao yu$/) }],
      birthDate: '19800203',
      sex: 'F',
      numbers: [
        { type: 'RESIDENT_ID', masked: '339901********0016' },
        { type: 'PASSPORT', masked: 'E1*****78' },
        { type: 'UNKNOWN', masked: '***' },
      ],
      phones: ['138****8000'],
      addresses: ['望川市东湖区柳河路12号 339000'],
      motherName: null,
      birthOrder: null,
      flags: ['SEX_CONTRADICTS_ID'],
      byStudy: true,
      observedAt: '2026-11-24T08:00:00.000Z',
    });
    expect(JSON.stringify(view)).not.toContain(ID);
  });

  it('says what makes it doubtful', () => {
    const flags = (told: Parameters<typeof statement>[0]) => viewStatement(statement(told), '20261129').flags;
    expect(flags({ pn: '王芳之子' })).toEqual(['NEWBORN']);
    expect(flags({ pn: '王^□' })).toEqual(['NAME_LOST_CHARACTERS']);
    expect(flags({ numbers: [`RESIDENT_ID ${ID}`], birthDate: '19800204', sex: 'M' })).toEqual([
      'BIRTH_DATE_CONTRADICTS_ID',
    ]);
    expect(flags({ numbers: [`RESIDENT_ID ${ID}`, 'RESIDENT_ID 110101199003070011'] })).toContain(
      'SEVERAL_RESIDENT_IDS',
    );
  });
});

describe('two records', () => {
  const levels = (one: Statement[], other: Statement[]) =>
    Object.fromEntries(compareRecords(one, other).map(({ field, agreement }) => [field, agreement]));

  it('agree in a field as soon as one statement of each does, and say nothing where one is silent', () => {
    const before = statement({ pn: '曾^小雨', birthDate: '19800203', sex: 'F' });
    const renamed = statement({ pn: '曾^雨', version: 2 });
    const other = statement({ pn: '曾^雨', birthDate: '19800230', sex: 'F', numbers: [`RESIDENT_ID ${ID}`] });
    expect(levels([renamed, before], [other])).toEqual({
      name: 'agree',
      birthDate: 'differ',
      sex: 'agree',
      number: 'unknown',
      phone: 'unknown',
      address: 'unknown',
    });
  });

  it('compare phones and addresses however they are written', () => {
    const place = { district: '', city: '望川市', state: '', postalCode: '' };
    const one = statement({
      contact: contact({ phones: ['+8613800138000'], addresses: [{ ...place, lines: ['柳河路１２号'] }] }),
    });
    const other = statement({
      contact: contact({ phones: ['138-0013-8000'], addresses: [{ ...place, lines: ['柳河路 12号'] }] }),
    });
    expect(levels([one], [other])).toMatchObject({ phone: 'agree', address: 'agree' });
    expect(levels([one], [statement({ contact: contact({ phones: ['13900000000'] }) })])).toMatchObject({
      phone: 'differ',
      address: 'unknown',
    });
  });
});
