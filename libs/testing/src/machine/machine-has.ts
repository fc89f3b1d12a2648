/** What some specs use and not every machine has; deploy/local/bootstrap/machine.mjs looks for them. */
export type Program =
  | 'dcmtk'
  | 'dicom3tools'
  | 'chromium'
  | 'kafka'
  | 'pydicom'
  | 'fhirpy'
  | 'orthanc'
  | 'splink'
  | 'java'
  | 's3'
  | 'tlog'
  | 'network';

/**
 * Whether the machine has what some specs need: `(machineHas('dcmtk') ? describe : describe.skip)(…)`. `npm test` names
 * what is missing; with CI=true it does not start then.
 */
export const machineHas = (...programs: readonly Program[]) => {
  const missing = new Set((process.env.YINGLIAN_MISSING ?? '').split(','));
  return programs.every((program) => !missing.has(program));
};
