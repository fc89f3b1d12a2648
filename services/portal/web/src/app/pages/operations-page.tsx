import { ProblemNotice } from '@yinglian/web/browser';
import { Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';
import { useOperations } from '../../features/operations/api/read-operations.js';
import { AtHospitals } from '../../features/operations/components/at-hospitals.js';
import { DamageCounts } from '../../features/operations/components/damage-counts.js';
import { QuarantineCounts } from '../../features/operations/components/quarantine-counts.js';
import { ScrubSection } from '../../features/operations/components/scrub-section.js';
import { SlowSearches } from '../../features/operations/components/slow-searches.js';
import { StorageList } from '../../features/operations/components/storage-list.js';
import { StorageTiers } from '../../features/operations/components/storage-tiers.js';
import { TrafficTile } from '../../features/operations/components/traffic-tile.js';
import {
  bytesText,
  type Operations,
  storageByHospital,
  sumOf,
  tiersOf,
  trafficOf,
} from '../../features/operations/domain/operations.js';
import '../operations.css';

const PERIODS = [1, 24, 168] as const;
const KINDS = ['receive', 'find', 'retrieve'] as const;
const COLUMNS = 60;
const HOUR_MS = 3_600_000;

export default function OperationsPage() {
  const { t } = useTranslation();
  const [hours, setHours] = useState<number>(24);
  const operations = useOperations(hours);
  return (
    <div className="page wide operations">
      <div className="page-head">
        <h1>{t('operations.title')}</h1>
        <span className="spacer" />
        <Segmented
          value={hours}
          onChange={setHours}
          options={PERIODS.map((value) => ({ value, label: t(`operations.periods.${value}`) }))}
        />
      </div>
      <p className="aside">{t('operations.hint')}</p>
      {operations.isError && <ProblemNotice error={operations.error} onRetry={() => void operations.refetch()} />}
      {operations.isPending && <Skeleton active paragraph={{ rows: 10 }} className="panel" />}
      {/* The figures of before stay while new ones cannot be had. */}
      {operations.data !== undefined && (
        <Figures operations={operations.data} hours={hours} until={operations.dataUpdatedAt} />
      )}
      <h2>{t('scrub.title')}</h2>
      <ScrubSection />
    </div>
  );
}

function Figures({ operations, hours, until }: { operations: Operations; hours: number; until: number }) {
  const { t } = useTranslation();
  const hospitalName = useHospitalNames();
  const hospitals = storageByHospital(operations.storage);
  const tiers = tiersOf(operations);
  const from = until - hours * HOUR_MS;
  return (
    <>
      <div className="traffic">
        {KINDS.map((kind) => (
          <TrafficTile
            key={kind}
            kind={kind}
            hours={hours}
            traffic={trafficOf(operations.minutes, kind, from, until, COLUMNS)}
          />
        ))}
      </div>
      <div className="attention">
        <QuarantineCounts
          quarantine={operations.quarantine}
          fewerThan={operations.fewerThan}
          hospitalName={hospitalName}
        />
        <DamageCounts />
      </div>
      <h2>
        {t('operations.storage')}{' '}
        <span className="aside figures">{bytesText(sumOf(hospitals, ({ bytes }) => bytes))}</span>
      </h2>
      {tiers !== null && <StorageTiers tiers={tiers} />}
      <StorageList hospitals={hospitals} hospitalName={hospitalName} />
      <AtHospitals atHospitals={operations.atHospitals} fewerThan={operations.fewerThan} hospitalName={hospitalName} />
      <h2>{t('operations.slowest')}</h2>
      <SlowSearches searches={operations.slowest} />
    </>
  );
}
