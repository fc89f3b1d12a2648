import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Gap } from '../domain/report.js';
import { useTold } from './use-told.js';

interface Props {
  readonly gaps: readonly Gap[];
  readonly isReported: boolean;
  /** What is not told is of so few. */
  readonly fewerThan: number;
}

/** Causes of gaps, with what to do about each. */
export function GapList({ gaps, isReported, fewerThan }: Props) {
  const { t } = useTranslation();
  const told = useTold(fewerThan);
  if (gaps.length === 0) {
    return (
      <Empty
        className="panel"
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={t(isReported ? 'completeness.noGaps' : 'completeness.noReports')}
      />
    );
  }
  return (
    <section className="panel rows">
      {gaps.map(({ code, count }) => (
        <article key={code} className="gap-row">
          <strong className="figures">{told(count)}</strong>
          <div>
            <strong>{t(`completeness.gaps.${code}.title`)}</strong>{' '}
            <span className="aside">{t(`completeness.gaps.${code}.sentence`)}</span>
            <p>{t(`completeness.gaps.${code}.action`)}</p>
          </div>
        </article>
      ))}
    </section>
  );
}
