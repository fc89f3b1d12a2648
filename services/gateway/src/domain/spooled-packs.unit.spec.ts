import { describe, expect, it } from '@jest/globals';
import { knownFrom } from './journal-line.js';
import { placesOf, resume } from './spooled-packs.js';

const record = (segment: string, position: number) => ({ segment: { name: segment }, position });
const [a1, a2, a3, b1, b2] = [record('a', 1), record('a', 2), record('a', 3), record('b', 1), record('b', 2)];
const sealed = (...records: (typeof a1)[]) => ({ sealed: placesOf(records) });
const handedOver = (...records: (typeof a1)[]) => ({ instances: [], handedOver: placesOf(records) });

describe('records that a dead process left', () => {
  it('are named in runs of one segment, in their order', () => {
    expect(placesOf([a1, a3, b2, a2])).toEqual([
      { segment: 'a', positions: [1, 3] },
      { segment: 'b', positions: [2] },
      { segment: 'a', positions: [2] },
    ]);
  });

  it('that nobody wrote about are loose', () => {
    expect(resume([a1, b1], undefined)).toEqual({ handedOver: [], packs: [], loose: [a1, b1] });
  });

  it('leave in the packs and the order in which they were to leave', () => {
    const known = knownFrom([sealed(a2, a1), sealed(b1, a3)]);
    expect(resume([a1, a2, a3, b1, b2], known)).toEqual({
      handedOver: [],
      packs: [
        [a2, a1],
        [b1, a3],
      ],
      loose: [b2],
    });
  });

  it('that were handed over are free, also those of a pack that was not', () => {
    const known = knownFrom([sealed(a1, a2), handedOver(a1, a2), sealed(a3, b1), handedOver(a3)]);
    expect(resume([a1, a2, a3, b1], known)).toEqual({ handedOver: [a1, a2, a3], packs: [], loose: [b1] });
  });

  it('of a pack that was divided leave alone', () => {
    const known = knownFrom([sealed(a1, a2), sealed(a1), handedOver(a1), sealed(a2)]);
    expect(resume([a1, a2], known)).toEqual({ handedOver: [a1], packs: [[a2]], loose: [] });
  });

  it('are each in one place only, whatever the journal says', () => {
    const known = knownFrom([sealed(a1, a2), sealed(a2, a3), sealed(a3, b1), handedOver(b1)]);
    const { handedOver: free, packs, loose } = resume([a1, a2, a3, b1, b2], known);
    expect([...free, ...packs.flat(), ...loose].sort((x, y) => records.indexOf(x) - records.indexOf(y))).toEqual(
      records,
    );
  });
  const records = [a1, a2, a3, b1, b2];
});

describe('a study’s journal', () => {
  const fact = (mark: string) => ({
    fact: {
      mark,
      observed: {
        hospital: 'H001',
        patient: { hospital: 'H001', issuer: '', id: mark },
        name: { charsetGuessed: false },
        birthDate: '',
        sex: '',
        otherIds: [],
        studyInstanceUid: '1.2',
        observedAt: '2026-11-24T08:00:00Z',
      },
    },
  });

  it('says what was told, and what came after', () => {
    const refused = { instances: ['1.2.2'], handedOver: [], dataSets: [] };
    const taken = { instances: ['1.2.3'], handedOver: [], dataSets: ['abc'] };
    const lines = [fact('1'), { instances: ['1.2.1'], handedOver: [] }, refused, taken, { told: 1 }, fact('2')];
    expect(knownFrom(lines)).toEqual({
      instances: ['1.2.1', '1.2.2', '1.2.3'],
      facts: [fact('1').fact, fact('2').fact],
      factsTold: 1,
      instancesTold: 1,
      sealed: [],
      handedOver: [],
      sent: ['1.2.1', { sopInstanceUid: '1.2.3', dataSetSha256: 'abc' }],
    });
  });
});
