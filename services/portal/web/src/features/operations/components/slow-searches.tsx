import { Empty } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { type SlowSearch, searchKind } from '../domain/operations.js';

/** The slowest searches of the period, by the names of their keys. */
export function SlowSearches({ searches }: { searches: readonly SlowSearch[] }) {
  const { t } = useTranslation();
  if (searches.length === 0) {
    return <Empty className="panel" image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('operations.noneSlow')} />;
  }
  return (
    <ol className="panel rows slow-searches">
      {searches.map(({ at, route, keys, milliseconds }) => (
        <li key={`${at} ${route} ${keys.join()} ${milliseconds}`}>
          <strong className="figures">{milliseconds} ms</strong>
          <span>
            {t(`operations.searches.${searchKind(route)}`)}{' '}
            <span className="aside">{keys.join(' · ') || (!route.includes(':') && t('operations.noKeys'))}</span>
            <code className="fine-print">{route}</code>
          </span>
          <time className="aside figures" dateTime={at}>
            {dayjs(at).format('MM-DD HH:mm:ss')}
          </time>
        </li>
      ))}
    </ol>
  );
}
