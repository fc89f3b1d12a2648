import i18next, { type ResourceLanguage } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

export type Language = 'zh' | 'en';

const REMEMBERED = 'yinglian.language';

/** Chinese unless the person chose English before. */
const rememberedLanguage = (): Language => (localStorage.getItem(REMEMBERED) === 'en' ? 'en' : 'zh');

/** Makes a web app speak; the page's title is its message `product.name`. `onChange` hears of the first language, too. */
export async function startLanguages(
  messages: Readonly<Record<Language, ResourceLanguage>>,
  onChange: (language: Language) => void = () => undefined,
): Promise<void> {
  const apply = (language: string) => {
    document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
    document.title = i18next.t('product.name');
    onChange(language === 'en' ? 'en' : 'zh');
  };
  i18next.on('languageChanged', apply);
  await i18next.use(initReactI18next).init({
    lng: rememberedLanguage(),
    fallbackLng: 'zh',
    resources: { zh: { translation: messages.zh }, en: { translation: messages.en } },
    interpolation: { escapeValue: false },
  });
  apply(i18next.language);
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(REMEMBERED, language);
  await i18next.changeLanguage(language);
}

export const useLanguage = (): Language => (useTranslation().i18n.language === 'en' ? 'en' : 'zh');
