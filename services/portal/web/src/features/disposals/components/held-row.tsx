import { useTranslation } from 'react-i18next';
import type { HeldStudy, RetentionRule } from '../domain/proposal.js';
import { OldStudy } from './old-study.js';
import { WithdrawnMark } from './withdrawn-mark.js';

/** One study that only a hold keeps. */
export function HeldRow({ study, rules }: { study: HeldStudy; rules: readonly RetentionRule[] }) {
  const { t } = useTranslation();
  return (
    <li className="disposal-row">
      <OldStudy study={study} rules={rules} />
      <span className="disposal-acts">
        <WithdrawnMark isWithdrawn={study.isWithdrawn} />
        <span className="outcome">{t('disposals.onHold')}</span>
      </span>
    </li>
  );
}
