import { ProblemNotice } from '@yinglian/web/browser';
import { Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { MoreButton } from '../../../lists/more-button.js';
import { type PersonSearch, useFoundPersons } from '../api/search-persons.js';
import { PersonRow } from './person-row.js';

/** The persons found, a page at a time. */
export function FoundPersons(props: { search: PersonSearch; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  const found = useFoundPersons(props.search);
  if (found.isPending) return <Skeleton active avatar paragraph={{ rows: 3 }} className="panel" />;
  if (found.isError) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  const persons = found.data.pages.flatMap((page) => page.persons);
  if (persons.length === 0) {
    return (
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('persons.none')} className="panel">
        <span className="aside">{t('persons.noneHint')}</span>
      </Empty>
    );
  }
  return (
    <section aria-live="polite">
      <div className="list-head">
        {t(found.hasNextPage ? 'persons.foundMore' : 'persons.found', { count: persons.length })}
      </div>
      <div className="panel rows">
        {persons.map((person) => (
          <PersonRow key={person.personId} person={person} hospitalName={props.hospitalName} />
        ))}
      </div>
      <MoreButton list={found} />
    </section>
  );
}
