import { z } from 'zod';

const Count = z.number().int().min(1).max(65_535);

/** Rows of a frame of native pixel data in little endian, as far as that is known: when it is wrong, they are coded badly and not wrongly. */
export interface BandShape {
  readonly width: number;
  readonly height: number;
  readonly bytesPerSample: 1 | 2;
  readonly samplesPerPixel: 1 | 3;
}

/** How the bytes of a band are had from its JPEG-LS codestream, which has one component and says how large it is. */
export const BandCode = z.strictObject({
  bytesPerSample: z.union([z.literal(1), z.literal(2)]),
  /** The sample's highest bit was turned, which puts signed values in their order. */
  isTurned: z.boolean(),
  /** Subtracted from each sample afterwards. */
  lowest: z.number().int().min(0).max(65_535),
  /** Differences to green and green, one plane below the other. */
  isColour: z.boolean(),
  width: Count,
  height: Count,
});
export type BandCode = z.infer<typeof BandCode>;

export interface CodedBand {
  readonly code: BandCode;
  readonly codestream: Uint8Array;
}

export const bandBytes = ({ width, height, bytesPerSample, samplesPerPixel }: BandShape): number =>
  width * height * bytesPerSample * samplesPerPixel;
