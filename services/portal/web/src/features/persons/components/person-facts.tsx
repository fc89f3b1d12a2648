import { useTranslation } from 'react-i18next';
import { ageOn, type Person, shownDate } from '../domain/person.js';

/** Sex, age, birth date and masked number in one line. */
export function PersonFacts({ person }: { person: Person }) {
  const { t } = useTranslation();
  const today = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const sex = ['M', 'F', 'O'].includes(person.sex) ? t(`sex.${person.sex}`) : t('sex.unknown');
  return (
    <span className="facts">
      <span>{sex}</span>
      {person.birthDate !== null && (
        <>
          <span>{t('persons.age', { age: ageOn(person.birthDate, today) })}</span>
          <span className="figures">{shownDate(person.birthDate)}</span>
        </>
      )}
      {person.idNumberMasked !== null && <span className="figures">{person.idNumberMasked}</span>}
    </span>
  );
}
