import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { changedPart } from '../domain/changed-part.js';
import type { Difference, QuarantineCase, Side } from '../domain/quarantine-case.js';

interface Props {
  readonly shown: QuarantineCase;
  readonly hospitalName: (code: string) => string;
}

/** Both versions side by side: where they came from, then what their headers say differently. */
export function Versions({ shown, hospitalName }: Props) {
  const { t } = useTranslation();
  const { first, other, differences, compared, state } = shown;
  const facts: readonly (readonly [label: string, value: (side: Side) => string])[] = [
    [t('quarantine.from'), (side) => [hospitalName(side.hospital), ...side.callingAeTitles].join(' · ')],
    [t('quarantine.received'), receivedOf],
    [t('quarantine.via'), (side) => side.via.join(' · ')],
    [t('quarantine.size'), (side) => megabytes(side.sizeBytes)],
  ];
  return (
    <table className="comparison versions">
      <thead>
        <tr>
          <td />
          <VersionHead title={t('quarantine.first')} registered={state !== 'taken' && first !== null} />
          <VersionHead title={t('quarantine.other')} registered={state === 'taken'} />
        </tr>
      </thead>
      <tbody>
        {facts.map(([label, value]) => (
          <tr key={label} className="is-fact">
            <th scope="row">{label}</th>
            <td className="figures">{first === null ? '–' : value(first)}</td>
            <td className="figures">{other === null ? '–' : value(other)}</td>
          </tr>
        ))}
        {first !== null && (
          <tr className="section">
            <th scope="rowgroup" colSpan={3}>
              {differences.length === 0
                ? t('quarantine.sameHeaders')
                : t('quarantine.headers', { count: differences.length })}
            </th>
          </tr>
        )}
        {differences.map((difference) => (
          <ElementRow key={difference.tag} difference={difference} compared={compared.length} />
        ))}
      </tbody>
    </table>
  );
}

function VersionHead({ title, registered }: { title: string; registered: boolean }) {
  const { t } = useTranslation();
  return (
    <th scope="col">
      {title} {registered && <span className="outcome is-permit">{t('quarantine.registered')}</span>}
    </th>
  );
}

function ElementRow({ difference, compared }: { difference: Difference; compared: number }) {
  const { t, i18n } = useTranslation();
  const { tag, keyword, first, other, instances } = difference;
  const label = `quarantine.elements.${keyword}`;
  return (
    <tr className="is-differ">
      <th scope="row">
        {i18n.exists(label) ? t(label) : (keyword ?? t('quarantine.privateElement'))}
        <span className="fine-print figures">
          ({tag.slice(0, 4)},{tag.slice(4)})
          {instances < compared && ` · ${t('quarantine.inSome', { count: instances, of: compared })}`}
        </span>
      </th>
      <td>
        <Value text={first} beside={other} />
      </td>
      <td>
        <Value text={other} beside={first} />
      </td>
    </tr>
  );
}

/** A value with what is not in the other one marked. */
function Value({ text, beside }: { text: string | null; beside: string | null }) {
  const { t } = useTranslation();
  if (text === null) return <span className="aside">{t('quarantine.absent')}</span>;
  const { before, changed, after } = changedPart(text, beside ?? '');
  return (
    <>
      {before}
      {changed !== '' && <mark>{changed}</mark>}
      {after}
    </>
  );
}

function receivedOf({ receivedFrom, receivedTo }: Side): string {
  const [from, to] = [dayjs(receivedFrom), dayjs(receivedTo)];
  // To the second: one version may follow the other closely, and may be registered before it.
  const second = 'YYYY-MM-DD HH:mm:ss';
  if (from.format(second) === to.format(second)) return from.format(second);
  return `${from.format(second)} – ${to.format(from.isSame(to, 'day') ? 'HH:mm:ss' : second)}`;
}

const megabytes = (bytes: number) =>
  bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
