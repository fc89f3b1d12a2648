import { describe, expect, it } from '@jest/globals';
import { CASE_VERDICTS } from '../domain/case.js';
import { accessRow, REFUSED } from '../testing/access-rows.js';
import { letterOf } from './letter.js';

const openedAt = new Date('2026-11-29T17:00:00.000Z');
const records = [
  accessRow(),
  accessRow({ action: 'person.search', decision: REFUSED }),
  accessRow({ action: 'conflict.decide', actor: { ...accessRow().actor, hospital: null } }),
];

describe('the letter to a patient', () => {
  it('says in plain words what was looked at, by which hospital, what was found, and what can be done', () => {
    expect(letterOf({ openedAt, verdict: 'improper' }, records)).toEqual({
      zh: [
        '您好：',
        '您的影像访问记录自 2026-11-30 起由我们核查，涉及以下访问：',
        '- 2026-11-24，H001打开了您的影像',
        '- 2026-11-24，H001检索了您的身份信息（被系统拒绝，未看到内容）',
        '- 2026-11-24，省平台处理了与您有关的记录',
        '经核查，上述访问中有不符合规定的情形。我们已通知相关医院处理，并向您致歉。',
        '如您不同意此结论，可以向省平台再次提出，也可以依照《中华人民共和国个人信息保护法》第六十五条向履行个人信息保护职责的部门投诉、举报。',
      ].join('\n'),
      en: [
        'Dear patient,',
        'since 2026-11-30 we have looked into these looks at your images:',
        '- 2026-11-24, H001 opened your images',
        '- 2026-11-24, H001 searched for you (it was refused: nothing was shown)',
        '- 2026-11-24, the commission worked on a record about you',
        'We found that not all of these looks kept the rules. The hospital has been told to act on it, and we apologise to you.',
        'If you do not agree, you can ask the commission again, or complain to the authorities that protect personal information (个人信息保护法, article 65).',
      ].join('\n'),
    });
  });

  it('names no member of staff, and no identifier of anybody, whatever the verdict', () => {
    for (const verdict of CASE_VERDICTS) {
      const { zh, en } = letterOf({ openedAt, verdict }, records);
      expect(`${zh}${en}`).not.toMatch(/林医生|dr\.lin|P0000|1\.2\.3/);
    }
  });
});
