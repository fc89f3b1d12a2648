import { PlusOutlined } from '@ant-design/icons';
import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Drawer, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDepartments } from '../../features/hospitals/api/departments.js';
import { inFull, useHospitalNames, useHospitals } from '../../features/hospitals/api/list-hospitals.js';
import { Departments } from '../../features/hospitals/components/departments.js';
import { HospitalForm } from '../../features/hospitals/components/hospital-form.js';
import { HospitalList } from '../../features/hospitals/components/hospital-list.js';
import { HospitalSignIn } from '../../features/hospitals/components/hospital-sign-in.js';
import type { Hospital } from '../../features/hospitals/domain/hospital.js';
import { StaffList } from '../../features/staff/components/staff-list.js';
import { WorkstationList } from '../../features/workstations/components/workstation-list.js';
import { useAccount } from '../../session/session-context.js';

export default function HospitalsPage() {
  const { t } = useTranslation();
  const hospitals = useHospitals();
  const [open, setOpen] = useState<string | 'new' | 'commission' | null>(null);
  const isOfProvince = useAccount().hospital === null;
  const close = () => setOpen(null);
  const hospitalName = useHospitalNames();
  const all = hospitals.data?.filter(inFull) ?? [];
  const chosen = all.find(({ code }) => code === open) ?? null;
  return (
    <div className="page wide">
      <div className="page-head">
        <h1>{t('hospitals.title')}</h1>
        <span className="spacer" />
        {isOfProvince && (
          <>
            <Button onClick={() => setOpen('commission')}>{t('staff.commission')}</Button>
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
              {t('hospitals.add')}
            </Button>
          </>
        )}
      </div>
      {hospitals.isError ? (
        <ProblemNotice error={hospitals.error} onRetry={() => void hospitals.refetch()} />
      ) : (
        <HospitalList hospitals={all} loading={hospitals.isPending} onOpen={({ code }) => setOpen(code)} />
      )}
      <Drawer
        open={open !== null}
        onClose={close}
        destroyOnHidden
        size={460}
        title={open === 'new' ? t('hospitals.add') : open === 'commission' ? t('staff.commission') : chosen?.name}
      >
        {open === 'new' && <HospitalForm hospital={null} onSaved={close} />}
        {open === 'commission' && <StaffList hospital={null} departments={[]} hospitalName={hospitalName} />}
        {chosen !== null && <HospitalTabs hospital={chosen} hospitalName={hospitalName} onSaved={close} />}
      </Drawer>
    </div>
  );
}

interface TabsProps {
  readonly hospital: Hospital;
  readonly hospitalName: (code: string) => string;
  onSaved(): void;
}

function HospitalTabs({ hospital, hospitalName, onSaved }: TabsProps) {
  const { t } = useTranslation();
  const departments = useDepartments(hospital.code);
  return (
    <Tabs
      items={[
        {
          key: 'profile',
          label: t('hospitals.tabs.profile'),
          children: <HospitalForm hospital={hospital} onSaved={onSaved} />,
        },
        {
          key: 'departments',
          label: t('hospitals.tabs.departments'),
          children: <Departments hospital={hospital.code} />,
        },
        {
          key: 'staff',
          label: t('hospitals.tabs.staff'),
          children: (
            <StaffList hospital={hospital.code} departments={departments.data ?? []} hospitalName={hospitalName} />
          ),
        },
        {
          key: 'workstations',
          label: t('hospitals.tabs.workstations'),
          children: <WorkstationList hospital={hospital.code} />,
        },
        {
          key: 'sign-in',
          label: t('hospitals.tabs.signIn'),
          children: <HospitalSignIn hospital={hospital.code} />,
        },
      ]}
    />
  );
}
