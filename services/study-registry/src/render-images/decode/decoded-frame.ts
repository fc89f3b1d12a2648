/** Values of a frame, pixel by pixel (never plane by plane). */
export type Samples = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array;

/** A frame as its codec left it: before rescaling, windowing and conversion of colours. */
export interface DecodedFrame {
  readonly width: number;
  readonly height: number;
  readonly samplesPerPixel: number;
  readonly samples: Samples;
  /** Bits of a sample that carry its value. */
  readonly bits: number;
  /** Photometric Interpretation of `samples`; codecs may have converted it (PS3.5 section 8.2). */
  readonly photometric: string;
}

/** The pixel data is broken, or of a kind that is not decoded here. Says which; never holds patient data. */
export class UndecodableFrame extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UndecodableFrame';
  }
}
