/** 8-bit pixels, grey or red-green-blue. */
export interface VisibleFrame {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}
