import type { CapabilityStatementRestResourceSearchParam } from '@medplum/fhirtypes';

type Param = readonly [name: string, type: CapabilityStatementRestResourceSearchParam['type'], says: string];

export const searchParams = (params: readonly Param[]): CapabilityStatementRestResourceSearchParam[] =>
  params.map(([name, type, documentation]) => ({ name, type, documentation }));
