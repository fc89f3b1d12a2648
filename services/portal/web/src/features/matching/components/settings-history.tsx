import { Button } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { ListedSettings } from '../domain/match-settings.js';

interface Props {
  readonly settings: readonly ListedSettings[];
  /** The version that is being fetched. */
  readonly opening: number | null;
  onGoBack(version: number): void;
}

/** All versions with who set them and why; any of them can be tried, and applied, again. */
export function SettingsHistory({ settings, opening, onGoBack }: Props) {
  const { t } = useTranslation();
  return (
    <section className="match-history">
      <h2>{t('matching.history')}</h2>
      <ol className="panel rows">
        {settings.map(({ version, leastBits, grades, isShippedModel, set }, at) => (
          <li key={version} aria-current={at === 0}>
            <span className="facts">
              <strong>{t('matching.version', { version })}</strong>
              {at === 0 && <span className="outcome is-permit">{t('matching.holds')}</span>}
              <span className="figures">{t('matching.summary', { leastBits, ...grades })}</span>
              <span>{t(modelLabel(set !== null, isShippedModel))}</span>
            </span>
            {set !== null && <span>{set.note}</span>}
            {set !== null && (
              <span className="aside figures">
                {set.byName} {dayjs(set.at).format('YYYY-MM-DD HH:mm')}
              </span>
            )}
            {at > 0 && (
              <Button loading={opening === version} onClick={() => onGoBack(version)}>
                {t('matching.goBack')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function modelLabel(isSet: boolean, isShippedModel: boolean) {
  if (!isSet) return 'matching.shipped' as const;
  return isShippedModel ? ('matching.shippedModel' as const) : ('matching.ownModel' as const);
}
