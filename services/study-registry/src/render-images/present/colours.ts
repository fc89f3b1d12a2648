/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

export const WHITE: Colour = [255, 255, 255];

/** Of a CIELab value as it is stored: three of 16 bits (PS3.3 section C.10.7.1.1). Undefined when there is none. */
export function colourOf([lightness, a, b]: readonly number[]): Colour | undefined {
  if (lightness === undefined || a === undefined || b === undefined) return undefined;
  const fy = ((lightness / 65_535) * 100 + 16) / 116;
  const fx = fy + ((a / 65_535) * 255 - 128) / 500;
  const fz = fy - ((b / 65_535) * 255 - 128) / 200;
  // The profile connection space is lit by D50; this goes straight to sRGB, Bradford's adaptation included.
  const [x, y, z] = [0.9642 * uncubed(fx), uncubed(fy), 0.8251 * uncubed(fz)];
  return [
    encoded(3.1338561 * x - 1.6168667 * y - 0.4906146 * z),
    encoded(-0.9787684 * x + 1.9161415 * y + 0.033454 * z),
    encoded(0.0719453 * x - 0.2289914 * y + 1.4052427 * z),
  ];
}

/** The grey that is as light, 0 to 255. */
export function luminanceOf([lightness]: readonly number[]): number | undefined {
  return lightness === undefined ? undefined : Math.round((Math.min(lightness, 65_535) / 65_535) * 255);
}

const uncubed = (value: number) => (value > 6 / 29 ? value ** 3 : 3 * (6 / 29) ** 2 * (value - 4 / 29));

/** IEC 61966-2-1. */
function encoded(linear: number): number {
  const value = Math.min(Math.max(linear, 0), 1);
  return Math.round(255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055));
}
