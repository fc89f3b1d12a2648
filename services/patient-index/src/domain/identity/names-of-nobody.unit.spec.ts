import { describe, expect, it } from '@jest/globals';
import { hanIn, latinIn, unify } from '@yinglian/names';
import { nobodyIn } from './names-of-nobody.js';

const nobody = (text: string) => nobodyIn(hanIn(unify(text)), latinIn(unify(text)));

describe('a name', () => {
  it.each([
    '无名氏',
    '无名氏 3',
    '无名氏男',
    '男无名氏',
    '无^名氏',
    '三无人员',
    '三无病人',
    '未知姓名',
    '身份不明',
    '姓名不详',
    '急诊无名氏2号',
    '流浪汉',
    'UNKNOWN',
    'Unknown^Male',
    'Doe^John',
    'Jane Doe',
    'ANONYMIZED',
    'WU^MINGSHI',
  ])('of nobody: %s', (text) => expect(nobody(text)).toBe('NAME_OF_NOBODY'));

  it.each([
    '测试',
    '测试病人1',
    '张测试',
    '体模',
    '水模',
    'TEST',
    'test01',
    'Test^Patient',
    'QC',
    'PHANTOM^ACR',
    'demo',
    '演示',
  ])('of a test: %s', (text) => expect(nobody(text)).toBe('TEST_NAME'));

  it.each([
    '王芳',
    '吴名',
    '李知',
    '三明',
    '田野',
    'Testa^Marco',
    'Doerr^John',
    'Demos^Anna',
    'WU^MING',
    'Knowles^Ann',
    '',
    '·',
  ])('of somebody, or none: %j', (text) => expect(nobody(text)).toBeNull());
});
