/** Something is not said in the DICOM JSON model (PS3.18 annex F), or cannot be written. Its message names tags and no values. */
export class JsonModelError extends Error {
  override readonly name = 'JsonModelError';
}
