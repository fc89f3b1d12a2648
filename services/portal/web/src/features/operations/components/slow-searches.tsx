import { Empty } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { SlowSearch } from '../domain/operations.js';

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
            <code>{route.replace('/dicom-web', '')}</code>{' '}
            <span className="aside">{keys.length === 0 ? t('operations.noKeys') : keys.join(' · ')}</span>
          </span>
          <time className="aside figures" dateTime={at}>
            {dayjs(at).format('MM-DD HH:mm:ss')}
          </time>
        </li>
      ))}
    </ol>
  );
}
