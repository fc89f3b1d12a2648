import { useTranslation } from 'react-i18next';
import type { AlarmStatus, GatewayStatus } from '../../../../../src/show-status/gateway-status.js';
import { Ago } from '../../../time/ago.js';

/** What is wrong, what that means and what to do; or that nothing is. */
export function AlarmList({ status }: { status: GatewayStatus }) {
  const { t } = useTranslation();
  const { alarms, at } = status;
  if (alarms.length === 0) {
    return (
      <p className="verdict-line is-well" role="status">
        <i aria-hidden /> {t('overview.well')}
      </p>
    );
  }
  return (
    <ul className="alarms" aria-label={t('overview.alarms')}>
      {alarms.map((alarm) => (
        <AlarmRow key={alarm.code} alarm={alarm} now={at} />
      ))}
    </ul>
  );
}

function AlarmRow({ alarm, now }: { alarm: AlarmStatus; now: string }) {
  const { t, i18n } = useTranslation();
  const { code, severity, since, details } = alarm;
  const nameOf = (detail: string) => t(`overview.details.${detail}`, { defaultValue: detail });
  const isKnown = i18n.exists(`alarms.${code}.title`);
  return (
    <li className={`alarm is-${severity}`}>
      <header>
        <strong>{isKnown ? t(`alarms.${code}.title`) : code}</strong>
        <span className="severity">{t(`overview.severity.${severity}`)}</span>
        <span className="spacer" />
        <Ago at={since} now={now} />
      </header>
      {isKnown && (
        <p>
          {t(`alarms.${code}.meaning`)} <span className="todo">{t(`alarms.${code}.todo`)}</span>
        </p>
      )}
      <p className="fine-print figures">
        {[code, ...Object.entries(details).map(([name, value]) => `${nameOf(name)}: ${value}`)].join(' · ')}
      </p>
    </li>
  );
}
