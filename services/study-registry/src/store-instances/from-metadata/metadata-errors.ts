import { MultipartError } from '@yinglian/dicom';

/** The first part is no array of instances: nothing is stored. */
export class MetadataBroken extends MultipartError {
  override readonly name = 'MetadataBroken';
}

export class MetadataTooLong extends MultipartError {
  override readonly name = 'MetadataTooLong';
}
