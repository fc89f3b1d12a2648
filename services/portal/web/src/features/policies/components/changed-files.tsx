import type { PolicyFiles } from '@yinglian/contracts';
import { diffLines } from 'diff';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly from: PolicyFiles;
  readonly to: PolicyFiles;
}

/** The lines that go and those that come, with what stands around them. */
export function ChangedFiles({ from, to }: Props) {
  const { t } = useTranslation();
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((name) => from[name] !== to[name])
    .sort();
  if (names.length === 0) return <p className="aside">{t('policies.unchanged')}</p>;
  return names.map((name) => (
    <section key={name} className="changed-file">
      <h3 className="figures">{name}</h3>
      <pre className="cedar">
        {diffLines(from[name] ?? '', to[name] ?? '').map(({ value, added, removed }, at) => {
          const key = `${at} ${value}`;
          if (added) return <ins key={key}>{value}</ins>;
          if (removed) return <del key={key}>{value}</del>;
          return <span key={key}>{near(value)}</span>;
        })}
      </pre>
    </section>
  ));
}

const AROUND = 3;

/** Of a long part that stays, its beginning and its end. */
function near(text: string): string {
  const lines = text.split('\n');
  if (lines.length <= 2 * AROUND + 2) return text;
  return [...lines.slice(0, AROUND), '⋯', ...lines.slice(-AROUND - 1)].join('\n');
}
