import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccessFilter } from '../../features/accesses/api/list-accesses.js';
import { AccessFilterBar } from '../../features/accesses/components/access-filter.js';
import { AccessList } from '../../features/accesses/components/access-list.js';
import { LogSeal } from '../../features/accesses/components/log-seal.js';
import { OpenCaseBar } from '../../features/cases/components/open-case-bar.js';
import { useHospitalNames, useHospitals } from '../../features/hospitals/api/list-hospitals.js';

export default function AccessesPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<AccessFilter>({});
  const hospitals = useHospitals();
  const hospitalName = useHospitalNames();
  const navigate = useNavigate();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const pick = (accessId: string) =>
    setPicked(new Set(picked.has(accessId) ? [...picked].filter((one) => one !== accessId) : [...picked, accessId]));
  return (
    <div className="page wide">
      <h1>{t('accesses.title')}</h1>
      <LogSeal hospitals={(hospitals.data ?? []).map(({ code }) => code)} hospitalName={hospitalName} />
      <AccessFilterBar filter={filter} hospitals={hospitals.data ?? []} onChange={setFilter} />
      {picked.size > 0 && (
        <OpenCaseBar
          accessIds={[...picked]}
          onOpened={(caseId) => void navigate({ to: '/cases/$caseId', params: { caseId } })}
        />
      )}
      <AccessList
        filter={filter}
        hospitalName={hospitalName}
        onNarrow={(to) => setFilter({ ...filter, ...to })}
        picked={picked}
        onPick={pick}
      />
    </div>
  );
}
