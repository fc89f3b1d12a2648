/** A binary heap: the least element first, O(log n) to add and to take. */
export class Heap<T> {
  private readonly elements: T[] = [];

  constructor(private readonly isBefore: (one: T, other: T) => boolean) {}

  get size(): number {
    return this.elements.length;
  }

  add(element: T): void {
    let at = this.elements.push(element) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.swapIfBefore(at, parent)) return;
      at = parent;
    }
  }

  take(): T | undefined {
    const [first] = this.elements;
    const last = this.elements.pop();
    if (first === undefined || last === undefined || this.elements.length === 0) return first;
    this.elements[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = this.comesBefore(right, left) ? right : left;
      if (!this.swapIfBefore(child, at)) return first;
      at = child;
    }
  }

  /** Takes out all for which it is true; costs as much as there are. */
  takeAll(isWanted: (element: T) => boolean): T[] {
    const all = this.elements.splice(0);
    for (const element of all) if (!isWanted(element)) this.add(element);
    return all.filter(isWanted);
  }

  private comesBefore(at: number, other: number): boolean {
    const [one, two] = [this.elements[at], this.elements[other]];
    return one !== undefined && two !== undefined && this.isBefore(one, two);
  }

  private swapIfBefore(at: number, other: number): boolean {
    const [one, two] = [this.elements[at], this.elements[other]];
    if (one === undefined || two === undefined || !this.isBefore(one, two)) return false;
    this.elements[at] = two;
    this.elements[other] = one;
    return true;
  }
}
