const problem = <Code extends string>(code: Code, status: number, title: string) => ({ code, status, title });

/** Why STOW-RS refuses a whole request. Single instances are refused in the answer's own way (PS3.18 section 10.5.3). */
export const stowProblems = {
  STOW_NOT_MULTIPART: problem(
    'STOW_NOT_MULTIPART',
    415,
    'STOW-RS takes application/dicom, one file by itself or several as multipart/related; the registry also application/dicom+json and application/dicom+xml',
  ),
  STOW_MULTIPART_BROKEN: problem('STOW_MULTIPART_BROKEN', 400, 'The multipart body is broken'),
  STOW_WITHOUT_INSTANCES: problem('STOW_WITHOUT_INSTANCES', 400, 'The multipart body has no part'),
  STOW_METADATA_BROKEN: problem(
    'STOW_METADATA_BROKEN',
    400,
    'The first part is no metadata of instances in the DICOM JSON model or the Native DICOM Model',
  ),
  STOW_METADATA_TOO_LONG: problem('STOW_METADATA_TOO_LONG', 413, 'The metadata of one request are too long'),
  STOW_STUDY_UID_INVALID: problem('STOW_STUDY_UID_INVALID', 400, 'The study in the address is not a UID'),
  STOW_NOT_ACCEPTABLE: problem(
    'STOW_NOT_ACCEPTABLE',
    406,
    'STOW-RS answers application/dicom+json or application/dicom+xml',
  ),
};
