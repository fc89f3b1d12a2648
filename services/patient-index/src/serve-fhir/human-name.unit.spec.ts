import { describe, expect, it } from '@jest/globals';
import { humanName } from './human-name.js';

describe('a name in FHIR', () => {
  it.each([
    ['王小雨', 'IDE', '王', ['小雨']],
    ['张伟', 'IDE', '张', ['伟']],
    ['欧阳娜', 'IDE', '欧阳', ['娜']],
    ['上官', 'IDE', '上', ['官']],
    ['王', 'IDE', '王', undefined],
    ['𬱖丽', 'IDE', '𬱖', ['丽']],
    ['阿依古丽·买买提', 'IDE', undefined, undefined],
    ['WANG XIAO YU', 'ABC', 'WANG', ['XIAO', 'YU']],
    ['Madonna', 'ABC', undefined, undefined],
  ])('%s is %s, its family name %s', (text, valueCode, family, given) => {
    expect(humanName(text, 'official')).toEqual({
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation', valueCode }],
      use: 'official',
      text,
      ...(family === undefined ? {} : { family }),
      ...(given === undefined ? {} : { given }),
    });
  });
});
