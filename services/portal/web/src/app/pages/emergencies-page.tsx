import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GlassList as ListName } from '../../features/break-glass/api/review-glass.js';
import { GlassList } from '../../features/break-glass/components/glass-list.js';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';

/** What clinicians opened in emergencies, for the auditors' verdict. */
export default function EmergenciesPage() {
  const { t } = useTranslation();
  const hospitalName = useHospitalNames();
  const [list, setList] = useState<ListName>('waiting');
  return (
    <div className="page">
      <h1>{t('glass.review')}</h1>
      <p className="aside">{t('glass.reviewHint')}</p>
      <div className="page-head">
        <Segmented
          value={list}
          onChange={setList}
          options={(['waiting', 'reviewed'] as const).map((value) => ({ value, label: t(`glass.lists.${value}`) }))}
        />
      </div>
      <GlassList key={list} list={list} hospitalName={hospitalName} />
    </div>
  );
}
