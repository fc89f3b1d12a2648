import { ArrowLeftOutlined } from '@ant-design/icons';
import { Link, useParams } from '@tanstack/react-router';
import { ProblemNotice } from '@yinglian/web/browser';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';
import { PersonHistory } from '../../features/identities/components/person-history.js';
import { PersonRecords } from '../../features/identities/components/person-records.js';
import { StudiesPanel } from '../../features/identities/components/studies-panel.js';
import { usePerson } from '../../features/persons/api/read-person.js';
import { PersonFacts } from '../../features/persons/components/person-facts.js';
import type { Person } from '../../features/persons/domain/person.js';
import { Timeline } from '../../features/studies/components/timeline.js';
import { useAccount } from '../../session/session-context.js';
import { EmergencyAccess } from './emergency-access.js';

/** Who the person is: to clinicians with the one timeline of their images, to stewards with what makes them one person. */
export default function PersonPage() {
  const { t } = useTranslation();
  const { personId } = useParams({ from: '/people/$personId' });
  const { hospital, roles } = useAccount();
  const hospitalName = useHospitalNames();
  const person = usePerson(personId);
  return (
    <div className="page">
      <Link to="/people" className="back">
        <ArrowLeftOutlined /> {t('persons.title')}
      </Link>
      {person.isPending && <Skeleton active avatar paragraph={{ rows: 1 }} className="panel" />}
      {person.isError && <ProblemNotice error={person.error} onRetry={() => void person.refetch()} />}
      {person.data !== undefined && (
        <>
          <PersonHead person={person.data} hospitalName={hospitalName} />
          {roles.includes('steward') && (
            <>
              <Link to="/people/$personId/counter" params={{ personId }}>
                {t('counter.open')}
              </Link>
              <PersonRecords personId={personId} hospitalName={hospitalName} />
              <PersonHistory personId={personId} hospitalName={hospitalName} />
            </>
          )}
          {roles.includes('clinician') ? (
            <>
              <EmergencyAccess personId={personId} />
              <Timeline personId={personId} ownHospital={hospital} hospitalName={hospitalName} />
            </>
          ) : (
            <StudiesPanel title={t('desk.studies')} personId={personId} hospitalName={hospitalName} />
          )}
        </>
      )}
    </div>
  );
}

function PersonHead({ person, hospitalName }: { person: Person; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  return (
    <header className="person-head">
      <h1>
        {person.name || t('persons.unnamed')}
        {person.otherNames.length > 0 && <span className="aside">{person.otherNames.join(' · ')}</span>}
      </h1>
      <PersonFacts person={person} />
      <div className="patient-keys">
        {person.patients.map(({ hospital, issuer, id }) => (
          <span key={`${hospital}/${issuer}/${id}`} className="patient-key">
            {hospitalName(hospital)} {issuer !== 'study' && <span className="figures aside">{id}</span>}
          </span>
        ))}
      </div>
    </header>
  );
}
