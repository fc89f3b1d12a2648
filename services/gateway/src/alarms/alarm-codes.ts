/** Everything that a gateway warns of, and how urgent it is. `error`: something is not being done. `warning`: it soon will not. */
export const ALARMS = {
  HOSPITAL_FILE_INVALID: 'error',
  LEDGER_BROKEN: 'error',
  MESSAGES_NOT_KEPT: 'error',
  MESSAGES_NOT_APPLIED: 'error',
  MESSAGES_PARKED: 'warning',
  DICOM_TLS_FILES_INVALID: 'error',
  DICOM_CERTIFICATE_ENDS: 'warning',
  PAGE_TLS_FILES_INVALID: 'error',
  PAGE_CERTIFICATE_ENDS: 'warning',
  COMMITMENT_REPORTS_WAIT: 'warning',
  EVENT_LOG_AWAY: 'warning',
  PACS_AWAY: 'warning',
  PRIORS_DESTINATION_AWAY: 'warning',
  PROVINCE_AWAY: 'warning',
  PROVINCE_FULL: 'error',
  CREDENTIAL_REFUSED: 'error',
  CLOCK_WRONG: 'error',
  CERTIFICATE_NEAR_END: 'warning',
  LINK_DOWN: 'warning',
  SPOOL_FILLING: 'warning',
  SPOOL_FULL: 'error',
  SPOOL_DAMAGED: 'error',
  PACKS_REFUSED: 'error',
  AUDIT_LOG_CONTRADICTS: 'error',
} as const satisfies Record<string, 'error' | 'warning'>;

export type AlarmCode = keyof typeof ALARMS;
