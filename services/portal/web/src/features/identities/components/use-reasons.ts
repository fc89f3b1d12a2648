import { useTranslation } from 'react-i18next';

/** Common grounds for what a steward does. */
export function useReasons(act: 'link' | 'keep-apart' | 'split' | 'ask' | 'answer' | 'undo'): readonly string[] {
  const { t } = useTranslation();
  return t(`desk.reasons.${act}`).split('\n');
}
