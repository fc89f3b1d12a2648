import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Study } from '../domain/study.js';

/** How many images there are; while they arrive, how many of how many. */
export function ImageCount({ study: { state, instances, received } }: { study: Study }) {
  const { t } = useTranslation();
  if (state === 'complete') return <span className="figures">{t('studies.images', { count: instances })}</span>;
  const expected = received ?? 0;
  return (
    <span className="arriving">
      <span className="pulse" aria-hidden />
      <strong>{t('studies.arriving')}</strong>
      <span className="figures">
        {expected > instances
          ? t('studies.imagesOf', { received: instances, expected })
          : t('studies.received', { received: instances })}
      </span>
      {expected > instances && (
        <Progress
          percent={Math.round((instances / expected) * 100)}
          showInfo={false}
          size="small"
          strokeColor="#b7791f"
        />
      )}
    </span>
  );
}
