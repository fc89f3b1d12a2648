import type { Cell } from '@yinglian/contracts';
import { useTranslation } from 'react-i18next';

/** How a figure is written, also one of a few that is not told. */
export function useTold(fewerThan: number) {
  const { t } = useTranslation();
  return (count: Cell) => (count === null ? t('few', { fewerThan }) : String(count));
}
