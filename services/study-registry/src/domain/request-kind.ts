/** What moves study data: packs in, answers to searches, images out. */
export type RequestKind = 'receive' | 'find' | 'retrieve';

/** @param route as it is registered; undefined where there is none. Null for what is none of these. */
export function requestKind(method: string, route: string | undefined): RequestKind | null {
  if (route === undefined) return null;
  if (method === 'PUT' && route === '/api/study-registry/packs/:digest') return 'receive';
  if (method === 'POST' && /^\/dicom-web\/studies(\/:\w+)?$/.test(route)) return 'receive';
  if (method !== 'GET') return null;
  if (route.startsWith('/fhir/') || route === '/api/study-registry/persons/:personId/studies') return 'find';
  if (!route.startsWith('/dicom-web/')) return null;
  return /\/(studies|series|instances)$/.test(route) ? 'find' : 'retrieve';
}
