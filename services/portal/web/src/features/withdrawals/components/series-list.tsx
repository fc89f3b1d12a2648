import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegisteredSeries } from '../domain/registered-study.js';
import type { Asking } from './decide-dialog.js';
import { SeriesImages } from './series-images.js';

interface Props {
  readonly studyInstanceUid: string;
  readonly series: readonly RegisteredSeries[];
  /** Of a study that is withdrawn, no part is withdrawn besides. */
  readonly isStudyWithdrawn: boolean;
  onAsk(asking: Asking): void;
}

/** The parts of a study, each of which can be withdrawn by itself. */
export function SeriesList({ series, ...others }: Props) {
  const { t } = useTranslation();
  return (
    <section className="series-list">
      <h2>{t('withdrawals.parts')}</h2>
      <ul className="panel rows">
        {series.map((each) => (
          <SeriesRow key={each.seriesInstanceUid} series={each} {...others} />
        ))}
      </ul>
    </section>
  );
}

type RowProps = Omit<Props, 'series'> & { readonly series: RegisteredSeries };

function SeriesRow({ series, studyInstanceUid, isStudyWithdrawn, onAsk }: RowProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { seriesInstanceUid, seriesNumber, modality, description, instances, isWithdrawn, withdrawnInstances } = series;
  const label = t('withdrawals.series', { number: seriesNumber || '–' });
  const decision = isWithdrawn ? 'restore' : 'withdraw';
  const shown = isStudyWithdrawn || isWithdrawn ? 0 : instances - withdrawnInstances;
  return (
    <li className="series-row">
      <span className={`modality modality-${modality}`}>{modality}</span>
      <span className="series-what">
        <strong>{label}</strong> {description || t('quarantine.undescribed')}
        <span className="facts aside">
          <span>{t('withdrawals.shownOf', { count: instances, shown })}</span>
          {isWithdrawn && <span className="outcome is-deny">{t('withdrawals.states.withdrawn')}</span>}
        </span>
      </span>
      {(isWithdrawn || !isStudyWithdrawn) && (
        <Button
          aria-label={t(`withdrawals.titles.${decision}`, { target: label })}
          onClick={() => onAsk({ decision, seriesInstanceUid, sopInstanceUid: null, reason: null, label })}
        >
          {t(`withdrawals.acts.${decision}`)}
        </Button>
      )}
      <details className="series-images" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{t('withdrawals.single')}</summary>
        {isOpen && (
          <SeriesImages
            studyInstanceUid={studyInstanceUid}
            series={series}
            mayWithdraw={!isStudyWithdrawn && !isWithdrawn}
            onAsk={onAsk}
          />
        )}
      </details>
    </li>
  );
}
