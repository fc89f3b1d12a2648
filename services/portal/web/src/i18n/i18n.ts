import dayjs from 'dayjs';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.js';
import { problemsEn } from './problems.en.js';
import { problemsZh } from './problems.zh.js';
import { zh } from './zh.js';
import 'dayjs/locale/zh-cn.js';

export type Language = 'zh' | 'en';

const REMEMBERED = 'yinglian.language';

/** Chinese unless the person chose English before. */
export const rememberedLanguage = (): Language => (localStorage.getItem(REMEMBERED) === 'en' ? 'en' : 'zh');

export async function startLanguages(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: rememberedLanguage(),
    fallbackLng: 'zh',
    resources: {
      zh: { translation: { ...zh, problems: problemsZh } },
      en: { translation: { ...en, problems: problemsEn } },
    },
    interpolation: { escapeValue: false },
  });
  apply(rememberedLanguage());
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(REMEMBERED, language);
  await i18next.changeLanguage(language);
  apply(language);
}

function apply(language: Language) {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = language === 'zh' ? '影联' : 'Yinglian';
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
}
