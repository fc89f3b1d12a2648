import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Grid, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHospitalNames, useHospitals } from '../../features/hospitals/api/list-hospitals.js';
import type { QueueFilter } from '../../features/identities/api/list-conflicts.js';
import { useWorkload } from '../../features/identities/api/read-workload.js';
import { Desk } from '../../features/identities/components/desk.js';
import { WorkloadDrawer } from '../../features/identities/components/workload-drawer.js';
import { type ConflictKind, KINDS } from '../../features/identities/domain/conflict.js';
import { openCounts } from '../../features/identities/domain/workload.js';

/** The steward's desk. */
export default function ConflictsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { conflict } = useSearch({ from: '/conflicts' });
  const [filter, setFilter] = useState<QueueFilter>({ state: 'open' });
  const [showsWorkload, setShowsWorkload] = useState(false);
  const hospitals = useHospitals();
  const hospitalName = useHospitalNames();
  const { lg: isWide = false } = Grid.useBreakpoint();
  const workload = useWorkload();
  const counts = workload.data === undefined ? null : openCounts(workload.data);
  const counted = (label: string, count: number | undefined) => (count === undefined ? label : `${label} ${count}`);
  const show = (conflictId: string | null) =>
    void navigate({ to: '/conflicts', search: conflictId === null ? {} : { conflict: Number(conflictId) } });
  const narrow = (to: QueueFilter) => {
    setFilter(to);
    show(null);
  };
  return (
    <div className={conflict === undefined ? 'page desk-page' : 'page desk-page is-showing'}>
      <div className="page-head">
        <h1>{t('conflicts.title')}</h1>
        <Segmented
          value={filter.state}
          onChange={(state) => narrow({ ...filter, state })}
          options={[
            { value: 'open' as const, label: counted(t('conflicts.open'), counts?.open) },
            { value: 'waiting' as const, label: counted(t('desk.waiting'), counts?.waiting) },
            { value: 'decided' as const, label: t('conflicts.decided') },
          ]}
        />
        <Select
          allowClear
          className="case-filter"
          placeholder={t('desk.anyKind')}
          aria-label={t('desk.anyKind')}
          popupMatchSelectWidth={false}
          options={KINDS.map((kind) => ({ value: kind, label: t(`desk.kinds.${kind}`) }))}
          onChange={(kind?: ConflictKind) => narrow({ ...filter, kind })}
        />
        <Select
          allowClear
          className="case-filter"
          placeholder={t('quarantine.anyHospital')}
          aria-label={t('quarantine.anyHospital')}
          popupMatchSelectWidth={false}
          options={(hospitals.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(hospital?: string) => narrow({ ...filter, hospital })}
        />
        <span className="spacer" />
        <Button onClick={() => setShowsWorkload(true)}>{t('desk.workload')}</Button>
      </div>
      <Desk
        filter={filter}
        asked={conflict === undefined ? null : String(conflict)}
        isWide={isWide}
        hospitalName={hospitalName}
        onShow={show}
      />
      <WorkloadDrawer open={showsWorkload} onClose={() => setShowsWorkload(false)} />
    </div>
  );
}
