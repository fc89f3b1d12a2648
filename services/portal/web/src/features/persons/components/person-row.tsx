import { RightOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Person } from '../domain/person.js';
import { PersonFacts } from './person-facts.js';

/** One found person; the whole row leads to their timeline. */
export function PersonRow({ person, hospitalName }: { person: Person; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  return (
    <Link to="/people/$personId" params={{ personId: person.personId }} className="person-row">
      <span className="person-initial" aria-hidden>
        {(person.name || '?').slice(0, 1)}
      </span>
      <span className="person-main">
        <span className="person-name">
          {person.name || t('persons.unnamed')}
          {person.otherNames.length > 0 && <span className="aside">{person.otherNames.slice(0, 2).join(' · ')}</span>}
        </span>
        <PersonFacts person={person} />
      </span>
      <span className="person-patients">
        {person.patients.slice(0, 3).map(({ hospital, issuer, id }) => (
          <span key={`${hospital}/${issuer}/${id}`} className="patient-key">
            {hospitalName(hospital)} {issuer !== 'study' && <span className="figures aside">{id}</span>}
          </span>
        ))}
        {person.patients.length > 3 && <span className="aside">+{person.patients.length - 3}</span>}
      </span>
      <RightOutlined className="aside" />
    </Link>
  );
}
