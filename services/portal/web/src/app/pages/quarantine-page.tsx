import { Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHospitalNames, useHospitals } from '../../features/hospitals/api/list-hospitals.js';
import type { CaseFilter } from '../../features/quarantine/api/list-cases.js';
import { CaseQueue } from '../../features/quarantine/components/case-queue.js';

const REASONS = ['SAME_UID_OTHER_BYTES', 'STUDY_OF_ANOTHER_HOSPITAL'] as const;

export default function QuarantinePage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<CaseFilter>({ state: 'open' });
  const hospitals = useHospitals();
  const hospitalName = useHospitalNames();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('quarantine.title')}</h1>
        <span className="spacer" />
        <Select
          allowClear
          className="case-filter"
          placeholder={t('quarantine.anyHospital')}
          aria-label={t('quarantine.anyHospital')}
          options={(hospitals.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(hospital?: string) => setFilter({ ...filter, hospital })}
        />
        <Select
          allowClear
          className="case-filter"
          placeholder={t('quarantine.anyReason')}
          aria-label={t('quarantine.anyReason')}
          options={REASONS.map((reason) => ({ value: reason, label: t(`quarantine.reasons.${reason}`) }))}
          onChange={(reason?: (typeof REASONS)[number]) => setFilter({ ...filter, reason })}
        />
        <Segmented
          value={filter.state}
          onChange={(state) => setFilter({ ...filter, state })}
          options={[
            { value: 'open' as const, label: t('conflicts.open') },
            { value: 'decided' as const, label: t('conflicts.decided') },
          ]}
        />
      </div>
      <CaseQueue filter={filter} hospitalName={hospitalName} />
    </div>
  );
}
