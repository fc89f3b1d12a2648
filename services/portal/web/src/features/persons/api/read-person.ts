import { useQuery } from '@tanstack/react-query';
import { askJson, type Purpose } from '../../../http/ask.js';
import type { Person } from '../domain/person.js';

export const usePerson = (personId: string, purpose?: Purpose) =>
  useQuery({
    queryKey: ['persons', personId],
    queryFn: ({ signal }) =>
      askJson<Person>(`/api/patient-index/persons/${personId}`, { signal, ...(purpose && { purpose }) }),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
