import { useTranslation } from 'react-i18next';
import { useHospitalNames, useHospitals } from '../../features/hospitals/api/list-hospitals.js';
import { FoundPersons } from '../../features/persons/components/found-persons.js';
import { remember, useLastSearch } from '../../features/persons/components/search-memory.js';
import { SmartSearch } from '../../features/persons/components/smart-search.js';

export default function PeoplePage() {
  const { t } = useTranslation();
  const { text, search } = useLastSearch();
  const hospitals = useHospitals();
  const hospitalName = useHospitalNames();
  return (
    <div className={search === null ? 'page people-start' : 'page'}>
      <h1>{search === null ? t('persons.start') : t('persons.title')}</h1>
      <SmartSearch
        text={text}
        hospitals={hospitals.data ?? []}
        onSearch={(typed, asked) => remember({ text: typed, search: asked })}
      />
      {search !== null && <FoundPersons search={search} hospitalName={hospitalName} />}
    </div>
  );
}
