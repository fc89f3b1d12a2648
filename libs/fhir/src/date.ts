/** A DICOM date YYYYMMDD as FHIR writes it. */
export const fhirDate = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;

/** A FHIR date as DICOM writes it; empty for one without month and day, which DICOM has no form for. */
export const dicomDate = (date: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(date) ? date.replaceAll('-', '') : '');
