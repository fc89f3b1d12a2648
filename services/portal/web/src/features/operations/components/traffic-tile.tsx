import { useTranslation } from 'react-i18next';
import { bytesText, type Kind, rateText, type Traffic } from '../domain/operations.js';
import { Sparkline } from './sparkline.js';

/** What came in, was searched or went out, with its course over the period. */
export function TrafficTile({ kind, traffic, hours }: { kind: Kind; traffic: Traffic; hours: number }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const rate = (value: number) => (kind === 'find' ? rateText(value) : `${bytesText(value)}/s`);
  const most = Math.max(...traffic.perSecond);
  return (
    <section className="panel traffic-tile">
      <h2>{t(`operations.kinds.${kind}`)}</h2>
      <strong className="figures">
        {kind === 'find' ? number.format(traffic.requests) : bytesText(traffic.bytes)}
      </strong>
      <Sparkline values={traffic.perSecond} label={t('operations.course', { most: rate(most) })} />
      <div className="course-ends fine-print">
        <span>{t(`operations.ends.${hours}`)}</span>
        <span>{t('operations.ends.now')}</span>
      </div>
      <dl>
        <dt>{t('operations.requests')}</dt>
        <dd className="figures">{number.format(traffic.requests)}</dd>
        <dt>{t('operations.mean')}</dt>
        <dd className="figures">{traffic.meanMs === null ? '–' : `${Math.round(traffic.meanMs)} ms`}</dd>
        <dt>{t('operations.most')}</dt>
        <dd className="figures">{rate(most)}</dd>
        <dt>{t('operations.failures')}</dt>
        <dd className={`figures ${traffic.failures > 0 ? 'is-bad' : ''}`}>{number.format(traffic.failures)}</dd>
      </dl>
    </section>
  );
}
