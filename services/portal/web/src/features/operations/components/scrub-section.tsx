import { ProblemNotice } from '@yinglian/web/browser';
import { Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScrub } from '../api/read-scrub.js';
import type { DamageState } from '../domain/scrub.js';
import { DamageList } from './damage-list.js';
import { ScrubFigures } from './scrub-figures.js';
import { ScrubPlaces } from './scrub-places.js';

const STATES = ['unhealable', 'damaged', 'healed'] as const;

/** Whether what is stored is still what came: by itself, so that it is seen when other figures cannot be had. */
export function ScrubSection() {
  const { t } = useTranslation();
  const scrub = useScrub();
  const [chosen, setChosen] = useState<DamageState | null>(null);
  if (scrub.isError && scrub.data === undefined)
    return <ProblemNotice error={scrub.error} onRetry={() => void scrub.refetch()} />;
  if (scrub.isPending) return <Skeleton active paragraph={{ rows: 4 }} className="panel" />;
  const { data } = scrub;
  const state = chosen ?? STATES.find((each) => data[each] > 0) ?? 'damaged';
  return (
    <>
      {scrub.isError && <ProblemNotice error={scrub.error} onRetry={() => void scrub.refetch()} />}
      <section className="panel scrub">
        {data.places.length === 0 ? (
          <p className="aside">{t('scrub.notBegun')}</p>
        ) : (
          <ScrubPlaces places={data.places} periodDays={data.periodDays} />
        )}
        <ScrubFigures scrub={data} />
      </section>
      <Segmented
        value={state}
        onChange={setChosen}
        options={STATES.map((each) => ({ value: each, label: `${t(`scrub.states.${each}`)} ${data[each]}` }))}
        className="damage-states"
      />
      <DamageList state={state} />
    </>
  );
}
