import { defineProblems } from '@yinglian/platform';

/** Why STOW-RS refuses a whole request. Single instances are refused in the answer's own way (PS3.18 section 10.5.3). */
export const gatewayProblems = defineProblems({
  STOW_AT_ANOTHER_HOSPITAL: { status: 403, title: 'Images are stored at the gateway of one’s own hospital' },
  STOW_NOT_MULTIPART: { status: 415, title: 'STOW-RS takes multipart/related with type "application/dicom"' },
  STOW_MULTIPART_BROKEN: { status: 400, title: 'The multipart body is broken' },
  STOW_WITHOUT_INSTANCES: { status: 400, title: 'The multipart body has no part' },
  STOW_STUDY_UID_INVALID: { status: 400, title: 'The study in the address is not a UID' },
  STOW_NOT_ACCEPTABLE: { status: 406, title: 'STOW-RS answers application/dicom+json' },
});
