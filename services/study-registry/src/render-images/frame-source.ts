import type { DicomJson } from '@yinglian/dicom';

/** What rendering needs of an instance. Bytes are asked for when their turn comes, so that waiting costs no memory. */
export interface FrameSource {
  readonly transferSyntaxUid: string;
  /** The instance's data set; `BulkDataURI` stands for what `readBulk` reads. */
  readonly metadata: DicomJson;
  /** Counted from 1. */
  readonly frameNumber: number;
  /** The frame's bytes from the file, its fragments joined; native frames as `nativeFrameRange` says. Empty when it is not there. */
  readFrame(): Promise<Buffer>;
  /** The value of a binary element by its tag `GGGGEEEE`. */
  readBulk(tag: string): Promise<Buffer>;
}

/** The value of a binary element, wherever it is; empty when it is missing. */
export async function readBinary({ metadata, readBulk }: FrameSource, tag: string): Promise<Buffer> {
  const element = metadata[tag];
  if (element?.InlineBinary !== undefined) return Buffer.from(element.InlineBinary, 'base64');
  return element?.BulkDataURI === undefined ? Buffer.alloc(0) : readBulk(tag);
}

export type VoiFunction = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';

/** In the unit after rescaling: Hounsfield units for CT. */
export interface Window {
  readonly center: number;
  readonly width: number;
  /** The file's own, when it is missing. */
  readonly voiFunction?: VoiFunction;
}
