import { STATUS, type Status } from '../upper-layer/status.js';

/** Why an instance was not taken; each has its status in DIMSE, which STOW-RS gives as Failure Reason (PS3.18 annex I). */
export type Refusal =
  | 'no-room'
  | 'disk-failed'
  | 'too-long'
  | 'not-dicom'
  | 'cut-short'
  | 'unreadable'
  | 'uid-missing'
  | 'uid-invalid'
  | 'class-not-stored'
  | 'other-class'
  | 'other-instance'
  | 'other-study';

const MEANINGS: Record<Refusal, readonly [status: Status, comment: string]> = {
  'no-room': [STATUS.outOfResources, 'The disk has no room'],
  'disk-failed': [STATUS.outOfResources, 'The disk did not keep the instance'],
  'too-long': [STATUS.outOfResources, 'The instance is longer than DICOM allows'],
  'not-dicom': [STATUS.cannotUnderstand, 'Not a DICOM Part 10 file'],
  'cut-short': [STATUS.cannotUnderstand, 'The data set ends within an element'],
  unreadable: [STATUS.cannotUnderstand, 'The data set cannot be read in its transfer syntax'],
  'uid-missing': [STATUS.dataSetDoesNotMatch, 'A study, series or SOP UID is missing'],
  'uid-invalid': [STATUS.dataSetDoesNotMatch, 'A study, series or SOP UID is not a UID'],
  'class-not-stored': [STATUS.sopClassNotSupported, 'Instances of this SOP Class are not stored'],
  'other-class': [STATUS.dataSetDoesNotMatch, 'SOP Class UID differs from the command'],
  'other-instance': [STATUS.dataSetDoesNotMatch, 'SOP Instance UID differs from the command'],
  'other-study': [STATUS.dataSetDoesNotMatch, 'Study Instance UID differs from the address'],
};

/** Every refusal's status and comment, for who has to state them. */
export const REFUSALS = Object.values(MEANINGS);

export const statusOf = (refusal: Refusal): Status => MEANINGS[refusal][0];
/** At most 64 characters, as Error Comment (0000,0902) holds. */
export const commentOf = (refusal: Refusal): string => MEANINGS[refusal][1];
