import { failure, type Result, success } from '@yinglian/platform';
import { registryProblems } from '../study-registry.errors.js';
import type { Annotation } from './annotate/annotation-lines.js';
import type { VoiFunction, Window } from './frame-source.js';
import type { Viewport } from './viewport.js';

/** Query parameters of rendered resources (PS3.18 section 8.3.5.1), as they come. */
export type RenderingQuery = Readonly<Record<string, unknown>>;

export interface RenderingParameters {
  readonly window: Window | undefined;
  readonly viewport: Viewport | undefined;
  readonly quality: number | undefined;
  readonly annotation: readonly Annotation[];
}

const ANNOTATIONS = ['patient', 'technique'] as const;
const FUNCTIONS: ReadonlyMap<string, VoiFunction> = new Map([
  ['linear', 'LINEAR'],
  ['linear-exact', 'LINEAR_EXACT'],
  ['sigmoid', 'SIGMOID'],
]);
const DECIMAL = /^[+-]?(\d{1,10}(\.\d{0,10})?|\.\d{1,10})(e[+-]?\d{1,2})?$/i;
const LONGEST_SIDE_PIXELS = 8_192;
const THUMBNAIL_SIDE_PIXELS = 1_024;

/** Fails with the code of the parameter that is wrong. What the standard does not know is left to others. */
export function renderingParameters(query: RenderingQuery): Result<RenderingParameters> {
  const refusal = refusalOf(query);
  if (refusal !== undefined) return refusal;
  const window = windowOf(query.window);
  if (!window.ok) return window;
  const viewport = viewportOf(query.viewport);
  if (!viewport.ok) return viewport;
  const quality = qualityOf(query.quality);
  if (!quality.ok) return quality;
  const annotation = annotationOf(query.annotation);
  if (!annotation.ok) return annotation;
  return success({
    window: window.value,
    viewport: viewport.value,
    quality: quality.value,
    annotation: annotation.value,
  });
}

/** Of thumbnails only the size can be said. */
export function thumbnailViewport(given: unknown): Result<Viewport | undefined> {
  const read = viewportOf(given);
  if (!read.ok || read.value === undefined) return read;
  const { width, height } = read.value;
  const isPlain = partsOf(given).length === 2;
  return isPlain && width <= THUMBNAIL_SIDE_PIXELS && height <= THUMBNAIL_SIDE_PIXELS
    ? success({ ...read.value, enlarges: false })
    : failure(registryProblems.VIEWPORT_INVALID, `A thumbnail has vw,vh of ${THUMBNAIL_SIDE_PIXELS} pixels at most`);
}

function refusalOf({ iccprofile, presentationUID, presentationSeriesUID }: RenderingQuery) {
  if (iccprofile !== undefined && iccprofile !== 'no') return failure(registryProblems.ICC_PROFILE_UNSUPPORTED);
  return presentationUID === undefined && presentationSeriesUID === undefined
    ? undefined
    : failure(registryProblems.PRESENTATION_STATE_UNSUPPORTED);
}

/** Widths of PS3.3 section C.11.2.1.2.1 (at least 1) and C.11.2.1.3 (more than 0). */
function windowOf(given: unknown): Result<Window | undefined> {
  if (given === undefined) return success(undefined);
  const [center, width, name, ...rest] = partsOf(given);
  const voiFunction = FUNCTIONS.get(name ?? '');
  const [centerValue, widthValue] = [decimal(center), decimal(width)];
  if (centerValue === undefined || widthValue === undefined || voiFunction === undefined || rest.length > 0) {
    return failure(registryProblems.WINDOW_INVALID, 'The function is linear, linear-exact or sigmoid');
  }
  if (widthValue <= 0 || (voiFunction === 'LINEAR' && widthValue < 1)) {
    return failure(registryProblems.WINDOW_INVALID, 'The width is more than 0, for linear at least 1');
  }
  return success({ center: centerValue, width: widthValue, voiFunction });
}

function viewportOf(given: unknown): Result<Viewport | undefined> {
  if (given === undefined) return success(undefined);
  const parts = partsOf(given);
  const [width, height] = [side(parts[0]), side(parts[1])];
  if (width === undefined || height === undefined || (parts.length !== 2 && parts.length !== 6)) {
    return failure(registryProblems.VIEWPORT_INVALID, `A side has 1 to ${LONGEST_SIDE_PIXELS} pixels`);
  }
  // What is left out between commas has its default.
  const region = parts.slice(2).map((part) => (part === '' ? null : decimal(part)));
  const [left = null, top = null, regionWidth = null, regionHeight = null] = region;
  if (region.includes(undefined) || regionWidth === 0 || regionHeight === 0) {
    return failure(registryProblems.VIEWPORT_INVALID, 'sx, sy, sw and sh are decimal numbers, sw and sh not 0');
  }
  return success({ width, height, left: left ?? 0, top: top ?? 0, regionWidth, regionHeight, enlarges: true });
}

function qualityOf(given: unknown): Result<number | undefined> {
  if (given === undefined) return success(undefined);
  const quality = wholeNumber(typeof given === 'string' ? given : '');
  return quality !== undefined && quality >= 1 && quality <= 100
    ? success(quality)
    : failure(registryProblems.QUALITY_INVALID);
}

/** PS3.18 section 8.3.5.1.1: one of them, or both in either order. */
function annotationOf(given: unknown): Result<readonly Annotation[]> {
  if (given === undefined) return success([]);
  const asked = partsOf(given);
  const known = ANNOTATIONS.filter((annotation) => asked.includes(annotation));
  return known.length === asked.length && known.length > 0
    ? success(known)
    : failure(registryProblems.ANNOTATION_INVALID);
}

/** A parameter that is there several times is wrong. */
const partsOf = (given: unknown) => (typeof given === 'string' ? given.split(',') : []);

function side(text: string | undefined): number | undefined {
  const value = wholeNumber(text ?? '');
  return value !== undefined && value >= 1 && value <= LONGEST_SIDE_PIXELS ? value : undefined;
}

const wholeNumber = (text: string) => (/^\d{1,5}$/.test(text) ? Number(text) : undefined);
const decimal = (text: string | undefined) => (DECIMAL.test(text ?? '') ? Number(text) : undefined);
