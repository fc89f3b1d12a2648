import { useNavigate } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccessRow } from '../../features/accesses/components/access-row.js';
import type { Access } from '../../features/accesses/domain/access.js';
import { CaseList } from '../../features/cases/components/case-list.js';
import { FindingList } from '../../features/cases/components/finding-list.js';
import { VipList } from '../../features/cases/components/vip-list.js';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';
import { useAccount } from '../../session/session-context.js';

const LISTS = ['findings', 'open', 'decided', 'answered', 'vips'] as const;

/** The auditor's desk: what was found to be unusual, and the cases. */
export default function CasesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const hospitalName = useHospitalNames();
  const isOfProvince = useAccount().hospital === null;
  const [list, setList] = useState<(typeof LISTS)[number]>('findings');
  return (
    <div className="page">
      <h1>{t('nav.cases')}</h1>
      <p className="aside">{t('cases.hint')}</p>
      <div className="page-head case-lists">
        <Segmented
          value={list}
          onChange={setList}
          options={LISTS.filter((one) => one !== 'vips' || isOfProvince).map((value) => ({
            value,
            label: t(`cases.lists.${value}`),
          }))}
        />
      </div>
      {list === 'vips' && <VipList />}
      {list === 'findings' && (
        <FindingList
          hospitalName={hospitalName}
          renderRecord={(access: Access) => (
            <AccessRow key={access.accessId} access={access} hospitalName={hospitalName} onNarrow={() => {}} />
          )}
          onCase={(caseId) => void navigate({ to: '/cases/$caseId', params: { caseId } })}
        />
      )}
      {list !== 'findings' && list !== 'vips' && <CaseList key={list} state={list} />}
    </div>
  );
}
