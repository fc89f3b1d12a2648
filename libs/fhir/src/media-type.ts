/** The one format spoken here: FHIR R4 in JSON (http://hl7.org/fhir/R4/http.html#mime-type). */
export const FHIR_JSON = 'application/fhir+json';

const UNDERSTOOD = new Set([FHIR_JSON, 'application/json', 'application/*', '*/*', 'json', 'text/json']);

/**
 * Whether an answer in FHIR JSON is what the client takes.
 * @param accept the header; without it anything is
 * @param format `_format`, which stands above the header
 */
export function takesFhirJson(accept: string | undefined, format: string | undefined): boolean {
  const asked = format ?? accept ?? '*/*';
  // A plus sign in an address is a space.
  return asked.split(',').some((type) => isUnderstood(format === undefined ? type : type.trim().replaceAll(' ', '+')));
}

function isUnderstood(mediaType: string): boolean {
  const [type = '', ...parameters] = mediaType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const version = parameters.find((parameter) => parameter.startsWith('fhirversion='))?.split('=')[1];
  return UNDERSTOOD.has(type) && (version === undefined || version.startsWith('4.0')) && !parameters.includes('q=0');
}
