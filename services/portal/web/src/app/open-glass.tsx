import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useOpenGlass } from '../features/break-glass/api/break-glass.js';
import { GlassBanner } from '../features/break-glass/components/glass-banner.js';
import { usePerson } from '../features/persons/api/read-person.js';
import { useRole } from '../session/session-context.js';

/** A banner for each person whose studies the clinician has opened in an emergency, on every page. */
export function OpenGlassBanners() {
  const open = useOpenGlass(useRole('clinician'));
  return open.data?.map((glass) => (
    <GlassBanner key={glass.breakGlassId} glass={glass} patient={<Whose personId={glass.personId} />} />
  ));
}

function Whose({ personId }: { personId: string }) {
  const { t } = useTranslation();
  const person = usePerson(personId);
  const name = person.data?.name || t('accesses.personId', { id: `…${personId.slice(-6)}` });
  return (
    <Link to="/people/$personId" params={{ personId }}>
      {name}
    </Link>
  );
}
