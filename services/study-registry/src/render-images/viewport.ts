/** How large a picture is, and what of the image it shows (PS3.18 section 8.3.5.1.3). */
export interface Viewport {
  /** Pixels at most; the picture fills one of both, in the image's proportions. */
  readonly width: number;
  readonly height: number;
  /** In pixels of the image, from its upper left corner. */
  readonly left: number;
  readonly top: number;
  /** Null reaches to the image's edge. Negative ones mirror what they show, left to right or top to bottom. */
  readonly regionWidth: number | null;
  readonly regionHeight: number | null;
  /** Otherwise what is smaller keeps its size. */
  readonly enlarges: boolean;
}

/** It says only how large a picture is. */
export const isWhole = ({ left, top, regionWidth, regionHeight }: Viewport): boolean =>
  left === 0 && top === 0 && regionWidth === null && regionHeight === null;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is to be done with the pixels: cut, mirror, then scale. All in whole pixels. */
export interface Placement extends Size {
  readonly region: Size & { readonly left: number; readonly top: number };
  readonly mirrorsLeftRight: boolean;
  readonly mirrorsTopBottom: boolean;
}

/** The whole image, its longer side no longer than that. */
export const within = (side: number): Viewport => ({
  width: side,
  height: side,
  left: 0,
  top: 0,
  regionWidth: null,
  regionHeight: null,
  enlarges: false,
});

/**
 * A region beyond the image is clipped to it; null when nothing of it is left. Pixels that are no squares become some: the longer side
 * keeps its length.
 *
 * @param pixelHeight as a multiple of its width
 */
export function placed(viewport: Viewport, image: Size, pixelHeight = 1): Placement | null {
  const across = clipped(viewport.left, viewport.regionWidth, image.width);
  const down = clipped(viewport.top, viewport.regionHeight, image.height);
  if (across.length <= 0 || down.length <= 0) return null;
  const width = across.length * Math.max(1 / pixelHeight, 1);
  const height = down.length * Math.max(pixelHeight, 1);
  const fit = Math.min(viewport.width / width, viewport.height / height);
  const scale = viewport.enlarges ? fit : Math.min(fit, 1);
  return {
    region: { left: across.from, top: down.from, width: across.length, height: down.length },
    mirrorsLeftRight: (viewport.regionWidth ?? 1) < 0,
    mirrorsTopBottom: (viewport.regionHeight ?? 1) < 0,
    width: scaled(width, scale, viewport.width),
    height: scaled(height, scale, viewport.height),
  };
}

/** Pixels that are shown in part are shown whole. */
function clipped(start: number, length: number | null, edge: number): { from: number; length: number } {
  const from = Math.max(Math.floor(start), 0);
  const end = length === null ? edge : Math.min(Math.ceil(start + Math.abs(length)), edge);
  return { from, length: end - from };
}

const scaled = (length: number, scale: number, limit: number) =>
  Math.min(Math.max(Math.round(length * scale), 1), limit);
