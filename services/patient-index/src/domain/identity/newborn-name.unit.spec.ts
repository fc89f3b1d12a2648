import { describe, expect, it } from '@jest/globals';
import { readNewbornName } from './newborn-name.js';

describe('a name of a newborn', () => {
  it.each<[string, string, number | null, boolean]>([
    ['王芳之子', '王芳', null, false],
    ['王芳^之女', '王芳', null, false],
    ['欧阳美玲之婴', '欧阳美玲', null, false],
    ['王芳之子A', '王芳', 1, true],
    ['王芳之女 b', '王芳', 2, true],
    ['王芳之女2', '王芳', 2, true],
    ['王芳之子 12床', '王芳', null, false],
    ['王芳之一', '王芳', 1, true],
    ['王芳之二', '王芳', 2, true],
    ['王芳之长子', '王芳', null, false],
    ['王芳双胞胎大', '王芳', 1, true],
    ['王芳之双胞胎(小)', '王芳', 2, true],
    ['王芳三胞胎中', '王芳', 2, true],
    ['王芳三胞胎小', '王芳', 3, true],
    ['王芳之双', '王芳', null, true],
    ['王芳婴儿', '王芳', null, false],
    ['王芳男婴', '王芳', null, false],
    ['古丽·买买提之女', '古丽·买买提', null, false],
    ['Müller^Sophie之女', 'Müller Sophie', null, false],
    ['Ingrid van der Berg 之子B', 'Ingrid van der Berg', 2, true],
    ['新生儿', '', null, false],
    ['BABY OF WANG FANG', 'WANG FANG', null, false],
    ['Baby boy of Smith^Mary', 'Smith Mary', null, false],
    ['B/O Smith Mary', 'Smith Mary', null, false],
    ['SMITH^BABY GIRL', '', null, false],
    ['Smith^Newborn Twin', '', null, true],
  ])('is certain: %s', (text, mother, birthOrder, multiple) => {
    expect(readNewbornName(text)).toEqual({ mother, birthOrder, multiple, certain: true });
  });

  it.each<[string, string, number | null, boolean]>([
    ['王芳婴', '王芳', null, false],
    ['王芳长子', '王芳', null, false],
    ['王芳大双', '王芳', 1, true],
    ['王芳小双', '王芳', 2, true],
    ['王芳B', '王芳', 2, true],
    ['WANG^FANG ZHI ZI', '', null, false],
    ['WANGFANGZHINV', '', null, false],
    ['Baby^Thomas', '', null, false],
  ])('may be a grown person’s: %s', (text, mother, birthOrder, multiple) => {
    expect(readNewbornName(text)).toEqual({ mother, birthOrder, multiple, certain: false });
  });

  it.each([
    '王芳',
    '王之涣',
    '王之子',
    '李子',
    '欧阳之一帆',
    'WANG^FANG',
    'ZHANG^ZI',
    'Babington^John',
    'ZHIZI',
    '',
    '^',
  ])('is not %j', (text) => expect(readNewbornName(text)).toBeNull());
});
