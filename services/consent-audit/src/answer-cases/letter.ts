import type { CaseVerdict } from '../domain/case.js';
import { localDayOf } from '../domain/working-days.js';
import type { AccessRow } from '../storage/access-page.js';
import type { AuditCase } from '../storage/case.store.js';

export interface Letter {
  readonly zh: string;
  readonly en: string;
}

type Look = Pick<AccessRow, 'at' | 'action' | 'actor' | 'decision'>;
type Decided = Pick<AuditCase, 'openedAt'> & { readonly verdict: CaseVerdict };

const FOUND: Readonly<Record<CaseVerdict, Letter>> = {
  unfounded: {
    zh: '经核查，上述访问有正当理由，符合规定。',
    en: 'We found that these looks had a proper reason and kept the rules.',
  },
  improper: {
    zh: '经核查，上述访问中有不符合规定的情形。我们已通知相关医院处理，并向您致歉。',
    en: 'We found that not all of these looks kept the rules. The hospital has been told to act on it, and we apologise to you.',
  },
  unlawful: {
    zh: '经核查，上述访问中有违反法律的情形。我们已依法移送处理，并向您致歉。',
    en: 'We found that not all of these looks kept the law. It has been passed on to be dealt with by the law, and we apologise to you.',
  },
};

const DONE: Readonly<Record<string, Letter>> = {
  'study.retrieve': { zh: '打开了您的影像', en: 'opened your images' },
  'study.search': { zh: '查询了您的检查列表', en: 'looked at the list of your examinations' },
  'person.read': { zh: '查看了您的身份信息', en: 'looked at who you are' },
  'person.search': { zh: '检索了您的身份信息', en: 'searched for you' },
};
const OTHERWISE: Letter = { zh: '处理了与您有关的记录', en: 'worked on a record about you' };
const REFUSED: Letter = { zh: '（被系统拒绝，未看到内容）', en: ' (it was refused: nothing was shown)' };
const COMMISSION: Letter = { zh: '省平台', en: 'the commission' };

/** What is said to the patient, in plain words: what was looked at, by which hospital, what was found, and what they can do. No member of staff is named. */
export const letterOf = (decided: Decided, records: readonly Look[]): Letter => ({
  zh: [
    '您好：',
    `您的影像访问记录自 ${localDayOf(decided.openedAt)} 起由我们核查，涉及以下访问：`,
    ...lines(records, 'zh'),
    FOUND[decided.verdict].zh,
    '如您不同意此结论，可以向省平台再次提出，也可以依照《中华人民共和国个人信息保护法》第六十五条向履行个人信息保护职责的部门投诉、举报。',
  ].join('\n'),
  en: [
    'Dear patient,',
    `since ${localDayOf(decided.openedAt)} we have looked into these looks at your images:`,
    ...lines(records, 'en'),
    FOUND[decided.verdict].en,
    'If you do not agree, you can ask the commission again, or complain to the authorities that protect personal information (个人信息保护法, article 65).',
  ].join('\n'),
});

const LINE = {
  zh: (day: string, who: string, did: string) => `- ${day}，${who}${did}`,
  en: (day: string, who: string, did: string) => `- ${day}, ${who} ${did}`,
};

const lines = (records: readonly Look[], language: keyof Letter): string[] =>
  records.map(({ at, action, actor, decision }) => {
    const did = (DONE[action] ?? OTHERWISE)[language] + (decision.outcome === 'deny' ? REFUSED[language] : '');
    return LINE[language](localDayOf(at), actor.hospital ?? COMMISSION[language], did);
  });
