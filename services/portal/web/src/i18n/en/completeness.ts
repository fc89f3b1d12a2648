import type { Messages } from '../zh.js';

export const completeness: Messages['completeness'] = {
  title: 'Completeness',
  hint: 'Exams registered in time, of all whose time is up, as each hospital’s gateway reports after its daily reconciliation.',
  hospital: 'Hospital',
  period: 'Period',
  days: '{{count}} days',
  days_one: '{{count}} day',
  silent: 'Did not report',
  unverified: 'Not yet held against the platform',
  figures: 'in time {{met}}, late {{late}}, due {{due}}, overdue {{overdue}}, studies {{studies}}',
  reported: '{{count}} of {{of}} hospitals reported',
  reported_one: '{{count}} of {{of}} hospitals reported',
  noHospitals: 'No hospitals yet',
  noReports: 'No hospital reported in this period',
  noGaps: 'No gaps in this period',
  noGapsOfDay: 'No gaps on this day',
  causes: 'Causes',
  gaps: {
    PERFORMED_WITHOUT_IMAGES: {
      title: 'Performed, no images',
      sentence: 'The exam is done and its time is up, and no image has come.',
      action: 'Look at the send queue of the modality or PACS; check the accession number and the AE settings.',
    },
    INSTANCES_MISSING: {
      title: 'Images missing',
      sentence: 'Not all images that the modality or RIS lists have come.',
      action: 'Send the missing images again from the modality or PACS; the gateway knows their UIDs.',
    },
    PROVINCE_AWAY: {
      title: 'Province not reached',
      sentence: 'Images wait at the gateway; its line to the platform is cut.',
      action: 'Check the hospital’s line and firewall. Uploads go on by themselves.',
    },
    CREDENTIAL_REFUSED: {
      title: 'Credential refused',
      sentence: 'The platform does not accept this gateway’s credential.',
      action: 'Issue a new credential for the hospital and put it into the gateway.',
    },
    UPLOAD_WAITING: {
      title: 'Waiting to leave',
      sentence: 'Images have come and are not all uploaded though their time is up.',
      action: 'Check upload hours and bandwidth; give urgent devices the emergency lane.',
    },
    PACK_REFUSED: {
      title: 'Pack refused',
      sentence: 'The platform refused some images; the gateway keeps them.',
      action: 'See the reason on the gateway’s page, mend it and send them again.',
    },
    QUARANTINED: {
      title: 'To be decided',
      sentence: 'There are two versions of an image; one is kept aside.',
      action: 'A steward decides under “Quarantine”.',
    },
    INSTANCES_DIFFER: {
      title: 'Registered otherwise',
      sentence: 'As many images are registered as the gateway sent, but not the same ones.',
      action: 'Look at what is registered of the study by its UID, and where it came from.',
    },
    NOT_REGISTERED: {
      title: 'Not registered',
      sentence: 'Uploaded, but the platform has fewer images than the gateway took.',
      action: 'The gateway goes on comparing. If it stays, tell the platform’s administrator the study UID.',
    },
    STUDY_WITHOUT_ORDER: {
      title: 'No order',
      sentence: 'Images have come and no order is known for them.',
      action: 'Check the accession number in the images, or whether RIS has sent the order.',
    },
    STUDY_AMBIGUOUS: {
      title: 'Several orders',
      sentence: 'The images fit several orders, so they are joined to none.',
      action: 'See whether the accession number was used twice, and correct the orders in RIS.',
    },
    LATE: {
      title: 'Late',
      sentence: 'Registered, but after the deadline.',
      action: 'Look at the line and the upload hours of the day; more bandwidth if it goes on.',
    },
  },
};
