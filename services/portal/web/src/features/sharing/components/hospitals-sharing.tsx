import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sharing } from '../domain/sharing.js';
import { Until } from './until.js';

interface Props {
  readonly all: Sharing;
  readonly hospitals: readonly { code: string; name: string }[];
  readonly hospitalName: (code: string) => string;
  switchOf(code: string, closed: boolean): ReactNode;
}

/** Hospitals that differ from the others, and one more to choose. */
export function HospitalsSharing({ all, hospitals, hospitalName, switchOf }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const differing = new Map(all.except.map(({ hospital, until }) => [hospital, until]));
  const shown = [...differing.keys(), ...(chosen === null || differing.has(chosen) ? [] : [chosen])];
  return (
    <section className="panel sharing">
      <h2>{t('sharing.byHospital')}</h2>
      <p className="aside">{t(all.closed ? 'sharing.allowOne' : 'sharing.shutOutOne')}</p>
      <ul className="rows sharing-rows">
        {shown.map((code) => {
          const closed = differing.has(code) ? !all.closed : all.closed;
          const until = differing.has(code) ? differing.get(code) : all.until;
          return (
            <li key={code}>
              <span className="sharing-study">
                <strong>{hospitalName(code)}</strong>
                <span className={closed ? 'sharing-state is-closed' : 'sharing-state'}>
                  {t(closed ? 'sharing.closedToIt' : 'sharing.sharedWithIt')}
                  <Until day={until ?? null} />
                </span>
              </span>
              {switchOf(code, closed)}
            </li>
          );
        })}
      </ul>
      <Select
        className="sharing-choose"
        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        placeholder={t('sharing.chooseHospital')}
        aria-label={t('sharing.chooseHospital')}
        options={hospitals
          .filter(({ code }) => !shown.includes(code))
          .map(({ code, name }) => ({ value: code, label: name }))}
        onChange={setChosen}
      />
    </section>
  );
}
