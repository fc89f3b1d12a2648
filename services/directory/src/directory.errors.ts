import { defineProblems } from '@yinglian/platform';

export const directoryProblems = defineProblems({
  HOSPITAL_NOT_FOUND: { status: 404, title: 'There is no such hospital' },
  HOSPITAL_CODE_TAKEN: { status: 409, title: 'Another hospital has this code' },
  AE_TITLE_TAKEN: { status: 409, title: 'Another hospital’s gateway has this AE title' },
  DEPARTMENT_NOT_FOUND: { status: 404, title: 'There is no such department' },
  DEPARTMENT_CODE_TAKEN: { status: 409, title: 'Another department of this hospital has this code' },
  DEPARTMENT_HEAD_UNKNOWN: { status: 422, title: 'No such active account works at this hospital' },
  WORKSTATION_NOT_FOUND: { status: 404, title: 'The hospital has no such workstation' },
  WORKSTATION_TITLE_TAKEN: { status: 409, title: 'Another workstation of the province has this AE title' },
  STAFF_NOT_FOUND: { status: 404, title: 'There is no such account' },
  USERNAME_TAKEN: { status: 409, title: 'Another account has this username' },
  STAFF_ROLES_INVALID: {
    status: 422,
    title: 'A patient has no other role, a clinician has a hospital, and a department is one of the hospital',
  },
  WORKPLACE_UNKNOWN: { status: 422, title: 'There is no such hospital, or it has no such department' },
  SECOND_FACTOR_NOT_FOUND: { status: 404, title: 'The account has no second factor' },
  SESSION_NOT_FOUND: { status: 404, title: 'There is no such session' },
  LAST_ADMINISTRATOR: { status: 409, title: 'This is the last active administrator' },
  VERSION_CONFLICT: { status: 409, title: 'Somebody else changed this meanwhile; read it again' },
  CLIENT_NOT_FOUND: { status: 404, title: 'There is no such service client' },
  CLIENT_ID_TAKEN: { status: 409, title: 'Another client has this id' },
  ANOTHER_HOSPITALS_GATEWAY: { status: 403, title: 'This client belongs to another hospital' },
});
