import { startLanguages as start } from '@yinglian/web/browser';
import dayjs from 'dayjs';
import { en } from './en.js';
import { problemsEn } from './problems.en.js';
import { problemsZh } from './problems.zh.js';
import { zh } from './zh.js';
import 'dayjs/locale/zh-cn.js';

export const startLanguages = (): Promise<void> =>
  start({ zh: { ...zh, problems: problemsZh }, en: { ...en, problems: problemsEn } }, (language) =>
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en'),
  );
