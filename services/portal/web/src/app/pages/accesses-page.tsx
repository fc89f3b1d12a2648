import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccessFilter } from '../../features/accesses/api/list-accesses.js';
import { AccessFilterBar } from '../../features/accesses/components/access-filter.js';
import { AccessList } from '../../features/accesses/components/access-list.js';
import { LogSeal } from '../../features/accesses/components/log-seal.js';
import { useHospitalNames, useHospitals } from '../../features/hospitals/api/list-hospitals.js';

export default function AccessesPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<AccessFilter>({});
  const hospitals = useHospitals();
  const hospitalName = useHospitalNames();
  return (
    <div className="page wide">
      <h1>{t('accesses.title')}</h1>
      <LogSeal />
      <AccessFilterBar filter={filter} hospitals={hospitals.data ?? []} onChange={setFilter} />
      <AccessList filter={filter} hospitalName={hospitalName} onNarrow={(to) => setFilter({ ...filter, ...to })} />
    </div>
  );
}
