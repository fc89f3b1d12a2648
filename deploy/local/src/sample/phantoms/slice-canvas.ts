/** A slice in millimetres with the origin in its middle: x to the left of the patient, y to the back. */
export class SliceCanvas {
  readonly values: Float32Array;

  constructor(
    readonly size: number,
    readonly spacing: number,
    background: number,
  ) {
    this.values = new Float32Array(size * size).fill(background);
  }

  /** Paints an ellipse with an edge about one pixel soft. `wave` changes its radius by angle, as a factor. */
  ellipse(shape: Ellipse): void {
    const { x, y, rx, ry, value, wave } = shape;
    if (rx <= 0 || ry <= 0) return;
    const reach = wave === undefined ? 1.05 : 1.3;
    const softness = this.spacing / Math.min(rx, ry);
    this.within(x, y, rx * reach + this.spacing, ry * reach + this.spacing, (place, px, py) => {
      const dx = (px - x) / rx;
      const dy = (py - y) / ry;
      const radius = Math.sqrt(dx * dx + dy * dy) / (wave === undefined ? 1 : wave(Math.atan2(dy, dx)));
      const cover = Math.min(1, Math.max(0, (1 - radius) / softness + 0.5));
      if (cover > 0) this.values[place] = (this.values[place] ?? 0) * (1 - cover) + value * cover;
    });
  }

  /** Visits the pixels of a rectangle around a point. */
  within(x: number, y: number, halfX: number, halfY: number, visit: (place: number, px: number, py: number) => void) {
    const half = this.size / 2;
    const [fromX, toX] = [Math.floor((x - halfX) / this.spacing + half), Math.ceil((x + halfX) / this.spacing + half)];
    const [fromY, toY] = [Math.floor((y - halfY) / this.spacing + half), Math.ceil((y + halfY) / this.spacing + half)];
    for (let row = Math.max(0, fromY); row < Math.min(this.size, toY); row++) {
      for (let column = Math.max(0, fromX); column < Math.min(this.size, toX); column++) {
        visit(row * this.size + column, (column - half + 0.5) * this.spacing, (row - half + 0.5) * this.spacing);
      }
    }
  }
}

export interface Ellipse {
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
  readonly value: number;
  readonly wave?: (angle: number) => number;
}

/** The radius factor of an ellipsoid's cross-section at a distance from its middle; 0 outside. */
export const crossSection = (distance: number, radius: number) => Math.sqrt(Math.max(0, 1 - (distance / radius) ** 2));
