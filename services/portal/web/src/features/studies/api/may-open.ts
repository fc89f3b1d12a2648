import { Problem } from '@yinglian/web/browser';
import { ask } from '../../../http/ask.js';
import { thumbnailAddress } from './read-thumbnail.js';

const REFUSALS = new Set([
  'ACCESS_REASON_NEEDED',
  'PATIENT_OBJECTS',
  'PURPOSE_NOT_ALLOWED',
  'ACCESS_DENIED',
  'STUDY_NOT_FOUND',
]);

/**
 * Asks the registry whether this person may open the study, by its smallest image. A study that has no picture to show
 * may be opened all the same.
 * @throws Problem when it is refused or the registry cannot be asked
 */
export async function requireOpening(studyInstanceUid: string): Promise<void> {
  try {
    const response = await ask(thumbnailAddress(studyInstanceUid), { accept: 'image/jpeg' });
    await response.body?.cancel();
  } catch (error) {
    if (error instanceof Problem && !REFUSALS.has(error.code) && error.status >= 400 && error.status < 500) return;
    throw error;
  }
}
