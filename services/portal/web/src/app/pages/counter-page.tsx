import { ArrowLeftOutlined } from '@ant-design/icons';
import { Link, useParams } from '@tanstack/react-router';
import { ProblemNotice } from '@yinglian/web/browser';
import { Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHospitalNames, useHospitals } from '../../features/hospitals/api/list-hospitals.js';
import { LookList } from '../../features/looks/components/look-list.js';
import { PatientAccounts } from '../../features/patient-accounts/components/patient-accounts.js';
import { StaffAccount } from '../../features/patient-accounts/components/staff-account.js';
import { usePerson } from '../../features/persons/api/read-person.js';
import { PersonFacts } from '../../features/persons/components/person-facts.js';
import { DeskForm } from '../../features/sharing/components/desk-form.js';
import { SharingPanel } from '../../features/sharing/components/sharing-panel.js';
import { StatementHistory } from '../../features/sharing/components/statement-history.js';
import type { AtDesk } from '../../features/sharing/domain/sharing.js';

/** What a clerk takes down for who stands at the counter: the same that patients do by themselves. */
export default function CounterPage() {
  const { t } = useTranslation();
  const { personId } = useParams({ from: '/people/$personId/counter' });
  const hospitals = useHospitals();
  const hospitalName = useHospitalNames();
  const person = usePerson(personId, 'HOPERAT');
  const [desk, setDesk] = useState<AtDesk | null>(null);
  return (
    <div className="page narrow">
      <Link to="/people/$personId" params={{ personId }} className="back">
        <ArrowLeftOutlined /> {t('counter.back')}
      </Link>
      {person.isPending && <Skeleton active paragraph={{ rows: 1 }} className="panel" />}
      {person.isError && <ProblemNotice error={person.error} onRetry={() => void person.refetch()} />}
      {person.data !== undefined && (
        <header className="person-head">
          <h1>{person.data.name || t('persons.unnamed')}</h1>
          <PersonFacts person={person.data} />
        </header>
      )}
      <DeskForm onChange={setDesk} />
      <SharingPanel
        personId={personId}
        studies={null}
        hospitals={hospitals.data ?? []}
        hospitalName={hospitalName}
        desk={desk}
      />
      <StatementHistory personId={personId} hospitalName={hospitalName} />
      <PatientAccounts personId={personId} hospitalName={hospitalName} seen={desk} />
      <StaffAccount personId={personId} hospitalName={hospitalName} seen={desk} />
      <LookList personId={personId} hospitalName={hospitalName} />
    </div>
  );
}
