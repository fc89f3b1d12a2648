import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../http/ask.js';
import type { Person } from '../domain/person.js';

export const usePerson = (personId: string) =>
  useQuery({
    queryKey: ['persons', personId],
    queryFn: ({ signal }) => askJson<Person>(`/api/patient-index/persons/${personId}`, { signal }),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
