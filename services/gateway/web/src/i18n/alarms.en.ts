import type { AlarmCode } from '../../../src/alarms/alarm-codes.js';
import type { AlarmWords } from './alarms.zh.js';

export const alarmsEn: Readonly<Record<AlarmCode, AlarmWords>> = {
  HOSPITAL_FILE_INVALID: {
    title: 'The hospital’s file is wrong',
    meaning: 'The last change was not taken over; the gateway runs with what the file said before.',
    todo: 'Mend the place that is named below.',
  },
  LEDGER_BROKEN: {
    title: 'The gateway’s ledger cannot be written',
    meaning: 'The disk did not keep what it was given; no new message is acknowledged.',
    todo: 'Check the disk, then start the gateway again.',
  },
  EVENT_LOG_AWAY: {
    title: 'The province’s event log does not answer',
    meaning: 'Images are received as always; what is to be told of them is told when it is back.',
    todo: 'Call the province if it lasts longer than half an hour.',
  },
  DICOM_CERTIFICATE_ENDS: {
    title: 'The DICOM TLS certificate ends soon',
    meaning: 'Devices cannot connect to the secure port after that.',
    todo: 'Replace the certificate file before it ends; no restart is needed.',
  },
  DICOM_TLS_FILES_INVALID: {
    title: 'A file of DICOM TLS is wrong',
    meaning: 'The gateway goes on with the last files that were right.',
    todo: 'Check that key, certificate and CA are whole and belong together.',
  },
  PAGE_CERTIFICATE_ENDS: {
    title: 'The certificate of this page ends soon',
    meaning: 'After that browsers warn of this page or refuse it.',
    todo: 'Put another certificate in its place before; no restart is needed.',
  },
  PAGE_TLS_FILES_INVALID: {
    title: 'A file of this page’s TLS is wrong',
    meaning: 'The page goes on with the last files that were right.',
    todo: 'Check that key and certificate are whole and belong together.',
  },
  MESSAGES_NOT_KEPT: {
    title: 'Messages cannot be kept',
    meaning: 'HIS and RIS get no acknowledgement and will send again.',
    todo: 'Check the gateway’s disk and its free space.',
  },
  MESSAGES_NOT_APPLIED: {
    title: 'Messages are not applied',
    meaning: 'They are kept, and wait.',
    todo: 'The gateway tries again by itself; call the province if it stays.',
  },
  MESSAGES_PARKED: {
    title: 'Some messages could not be applied',
    meaning: 'Some encounters, orders or reports are not at the province.',
    todo: 'Settle them reason by reason under “Held”.',
  },
  COMMITMENT_REPORTS_WAIT: {
    title: 'Storage commitments do not reach a device',
    meaning: 'The device may keep images that are safe already.',
    todo: 'Check the device’s address in the file, and that it is on.',
  },
  PACS_AWAY: {
    title: 'The hospital’s PACS does not answer',
    meaning: 'Fetching old studies rests and goes on by itself.',
    todo: 'Check the PACS and the network.',
  },
  PRIORS_DESTINATION_AWAY: {
    title: 'The priors’ destination does not take them',
    meaning: 'Studies of other hospitals wait and are sent when it is back.',
    todo: 'Check the device under “priors” in the file, and that it is on.',
  },
  PROVINCE_AWAY: {
    title: 'The province does not answer',
    meaning: 'Images are received and kept here; they leave when it is back.',
    todo: 'Check the links; if they are well, call the province.',
  },
  PROVINCE_FULL: {
    title: 'The province has no room',
    meaning: 'Images are received and kept here; they cannot leave now.',
    todo: 'Tell the province.',
  },
  CREDENTIAL_REFUSED: {
    title: 'The province refuses the gateway’s credential',
    meaning: 'Images are received and cannot be uploaded.',
    todo: 'Ask the province for a new credential.',
  },
  CLOCK_WRONG: {
    title: 'The gateway’s clock is wrong',
    meaning: 'Times of reception are wrong, and the province may refuse the gateway.',
    todo: 'Let the machine synchronise its clock.',
  },
  CERTIFICATE_NEAR_END: {
    title: 'A certificate ends soon',
    meaning: 'Secure connections break after that.',
    todo: 'Replace it before it ends.',
  },
  LINK_DOWN: {
    title: 'A link is down',
    meaning: 'Uploads take another one.',
    todo: 'Check that link.',
  },
  SPOOL_FILLING: {
    title: 'The gateway’s space is filling',
    meaning: 'When it is full nothing is received.',
    todo: 'Check the links; enlarge the disk if need be.',
  },
  SPOOL_FULL: {
    title: 'The gateway’s space is full',
    meaning: 'Images and messages are turned away; devices should keep and resend them.',
    todo: 'Get uploads going again or enlarge the disk, soon.',
  },
  SPOOL_DAMAGED: {
    title: 'The gateway’s disk has damaged data',
    meaning: 'What is damaged is kept aside and not uploaded.',
    todo: 'Check the disk, and let the device send the study again.',
  },
  PACKS_REFUSED: {
    title: 'The province refused images',
    meaning: 'They are kept on the gateway and are not at the province.',
    todo: 'See the reason under “Held”.',
  },
  AUDIT_LOG_CONTRADICTS: {
    title: 'The province’s audit log is not what it was',
    meaning: 'Records that this hospital has a signed checkpoint of are missing or were rewritten.',
    todo: 'Keep the files in audit-log/ of the gateway’s space, and tell the province’s auditors by another way.',
  },
};
