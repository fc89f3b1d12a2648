/** SOP classes of the Query/Retrieve service, by their information models (PS3.4 annex C.6). */
export const QUERY_RETRIEVE = {
  '1.2.840.10008.5.1.4.1.2.1.1': { operation: 'C-FIND', root: 'patient' },
  '1.2.840.10008.5.1.4.1.2.1.2': { operation: 'C-MOVE', root: 'patient' },
  '1.2.840.10008.5.1.4.1.2.1.3': { operation: 'C-GET', root: 'patient' },
  '1.2.840.10008.5.1.4.1.2.2.1': { operation: 'C-FIND', root: 'study' },
  '1.2.840.10008.5.1.4.1.2.2.2': { operation: 'C-MOVE', root: 'study' },
  '1.2.840.10008.5.1.4.1.2.2.3': { operation: 'C-GET', root: 'study' },
} as const;

export type Root = 'patient' | 'study';

const BY_UID: ReadonlyMap<string, { readonly operation: string; readonly root: Root }> = new Map(
  Object.entries(QUERY_RETRIEVE),
);

/** Undefined for other SOP classes. */
export const queryRetrieveClass = (sopClassUid: string) => BY_UID.get(sopClassUid);
