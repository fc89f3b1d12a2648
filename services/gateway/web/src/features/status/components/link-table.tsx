import { useTranslation } from 'react-i18next';
import type { GatewayStatus, LinkStatus } from '../../../../../src/show-status/gateway-status.js';
import { Ago } from '../../../time/ago.js';
import { useFormats } from '../../../time/formats.js';

/** The lines to the province, the preferred one first. */
export function LinkTable({ status }: { status: GatewayStatus }) {
  const { t } = useTranslation();
  return (
    <div className="panel sheet-frame">
      <table className="sheet">
        <thead>
          <tr>
            <th>{t('links.link')}</th>
            <th>{t('links.state')}</th>
            <th className="is-number">{t('links.throughput')}</th>
            <th className="is-number">{t('links.today')}</th>
            <th>{t('links.lastSuccess')}</th>
            <th>{t('links.lastFailure')}</th>
          </tr>
        </thead>
        <tbody>
          {status.links.map((link) => (
            <LinkRow key={link.name} link={link} now={status.at} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const TONES = { up: 'is-permit', down: 'is-deny', closed: '' } as const;

function LinkRow({ link, now }: { link: LinkStatus; now: string }) {
  const { t } = useTranslation();
  const { bytes, number } = useFormats();
  const { name, state, megabitsPerSecond, lastFailure, failuresInARow } = link;
  return (
    <tr>
      <td>{name === 'default' ? t('links.only') : name}</td>
      <td data-label={t('links.state')}>
        <span className={`outcome ${TONES[state]}`}>{t(`links.states.${state}`)}</span>
      </td>
      <td className="is-number figures" data-label={t('links.throughput')}>
        {bytes(link.bytesPerSecond)}/s{' '}
        {megabitsPerSecond !== null && (
          <span className="aside">{t('links.limit', { megabits: number(megabitsPerSecond) })}</span>
        )}
      </td>
      <td className="is-number figures" data-label={t('links.today')}>
        {bytes(link.bytesToday)}
      </td>
      <td data-label={t('links.lastSuccess')}>
        <Ago at={link.lastSuccessAt} now={now} />
      </td>
      <td data-label={t('links.lastFailure')}>
        <Ago at={link.lastFailureAt} now={now} />{' '}
        {lastFailure !== null && (
          <span className="fine-print figures">
            {lastFailure === 'NO_ANSWER' ? t('links.noAnswer') : `HTTP ${lastFailure}`}
            {failuresInARow > 1 && ` ×${failuresInARow}`}
          </span>
        )}
      </td>
    </tr>
  );
}
