import type { Status } from '@yinglian/dicom';

/** An instance cannot be written of what came. Its message names no values. */
export class NotWritable extends Error {
  override readonly name = 'NotWritable';

  constructor(
    /** Its Failure Reason (PS3.18 table I.2-2). */
    readonly failed: Status,
    message: string,
  ) {
    super(message);
  }
}
