import { useTranslation } from 'react-i18next';
import type { QuarantineCase } from '../domain/quarantine-case.js';
import { PixelVerdict } from './pixel-verdict.js';

const SHOWN_DIGITS = 12;
const short = (sha256: string) => sha256.slice(0, SHOWN_DIGITS);

/** Each compared image with the digests of both versions. */
export function ComparedInstances({ compared, instances }: Pick<QuarantineCase, 'compared' | 'instances'>) {
  const { t } = useTranslation();
  return (
    <details className="compared">
      <summary>
        {compared.length < instances
          ? t('quarantine.comparedSome', { count: compared.length, of: instances })
          : t('quarantine.comparedAll', { count: instances })}
      </summary>
      <ul>
        {compared.map(({ sopInstanceUid, instanceNumber, first, other, pixels }) => (
          <li key={`${sopInstanceUid}/${other}`}>
            <span className="figures">#{instanceNumber || '–'}</span>
            <code title={first ?? undefined}>{first === null ? '–' : short(first)}</code>
            <code title={other}>{short(other)}</code>
            <PixelVerdict pixels={pixels} />
          </li>
        ))}
      </ul>
    </details>
  );
}
