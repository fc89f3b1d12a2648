import { useTranslation } from 'react-i18next';
import type { Language } from './i18n.js';

export const useLanguage = (): Language => (useTranslation().i18n.language === 'en' ? 'en' : 'zh');
