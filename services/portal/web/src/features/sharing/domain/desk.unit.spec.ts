import { describe, expect, it } from '@jest/globals';
import { type DeskFields, readDesk } from './desk.js';
import type { AtDesk } from './sharing.js';

const identity = 'resident-id' as const;

describe('what a clerk has seen', () => {
  it.each<[string, DeskFields, AtDesk | null]>([
    ['no document', { speaker: 'patient' }, null],
    ['the patient’s document', { speaker: 'patient', identity }, { identity, by: { kind: 'patient' } }],
    ['a guardian without proof', { speaker: 'guardian', identity }, null],
    [
      'a proof without its number',
      { speaker: 'guardian', identity, proof: 'birth-certificate', reference: ' 1 ' },
      null,
    ],
    [
      'a guardian with proof',
      { speaker: 'guardian', identity, proof: 'birth-certificate', reference: ' O 3501 ' },
      { identity, by: { kind: 'guardian', proof: { kind: 'birth-certificate', reference: 'O 3501' } } },
    ],
    [
      'an heir without a death certificate',
      { speaker: 'heir', identity, proof: 'notarised-kinship', reference: '公证 8' },
      null,
    ],
    [
      'an heir',
      { speaker: 'heir', identity, proof: 'notarised-kinship', reference: '公证 8', deathCertificate: '死亡证 7' },
      {
        identity,
        by: { kind: 'heir', proof: { kind: 'notarised-kinship', reference: '公证 8', deathCertificate: '死亡证 7' } },
      },
    ],
  ])('%s', (_, fields, desk) => {
    expect(readDesk(fields)).toEqual(desk);
  });
});
