const MIDDLE = 128;

/** Red and blue as differences to green, and green, one plane below the other. In ultrasound most pixels are grey, and two planes have one value. */
export function planesOf(pixels: Uint8Array): Uint8Array {
  const count = pixels.length / 3;
  const planes = new Uint8Array(pixels.length);
  for (let at = 0; at < count; at += 1) {
    const green = pixels[3 * at + 1] ?? 0;
    planes[at] = (pixels[3 * at] ?? 0) - green + MIDDLE;
    planes[count + at] = green;
    planes[2 * count + at] = (pixels[3 * at + 2] ?? 0) - green + MIDDLE;
  }
  return planes;
}

export function pixelsOf(planes: Uint8Array): Uint8Array {
  const count = planes.length / 3;
  const pixels = new Uint8Array(planes.length);
  for (let at = 0; at < count; at += 1) {
    const green = planes[count + at] ?? 0;
    pixels[3 * at] = (planes[at] ?? 0) + green - MIDDLE;
    pixels[3 * at + 1] = green;
    pixels[3 * at + 2] = (planes[2 * count + at] ?? 0) + green - MIDDLE;
  }
  return pixels;
}
