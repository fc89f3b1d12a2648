import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConflictQueue } from '../../features/conflicts/components/conflict-queue.js';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';

export default function ConflictsPage() {
  const { t } = useTranslation();
  const [state, setState] = useState<'open' | 'decided'>('open');
  const hospitalName = useHospitalNames();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('conflicts.title')}</h1>
        <span className="spacer" />
        <Segmented
          value={state}
          onChange={setState}
          options={[
            { value: 'open' as const, label: t('conflicts.open') },
            { value: 'decided' as const, label: t('conflicts.decided') },
          ]}
        />
      </div>
      <ConflictQueue state={state} hospitalName={hospitalName} />
    </div>
  );
}
