import { ObjectDamaged, ObjectMissing, type ObjectReader, ObjectTooShort } from '@yinglian/objects';

/** What is said of an object that was replaced, or of one that is damaged. */
const CHANGED = [ObjectMissing, ObjectTooShort, ObjectDamaged];

/** A store that remembers how long objects are may say once more that it is where it was. */
const SWITCHES_AT_MOST = 2;

/**
 * A pack in use that may meanwhile be stored in the other way. What cannot be read where it was opened is read where it is now;
 * when it cannot be read there either, it is damaged.
 */
export class SwitchingReader implements ObjectReader {
  readonly sizeBytes: number;
  /** Others may be reading there still. */
  private readonly left: ObjectReader[] = [];
  private released = false;
  readonly release = (): void => {
    this.released = true;
    for (const object of [...this.left, this.object]) object.release();
  };

  constructor(
    private object: ObjectReader,
    private readonly openAgain: () => Promise<ObjectReader>,
  ) {
    this.sizeBytes = object.sizeBytes;
  }

  read(position: number, length: number): Promise<Buffer> {
    return this.attempt((object) => object.read(position, length));
  }

  readInto(bytes: Buffer, position: number): Promise<void> {
    return this.attempt((object) => object.readInto(bytes, position));
  }

  private async attempt<T>(read: (object: ObjectReader) => Promise<T>): Promise<T> {
    for (let switches = 0; ; switches += 1) {
      const object = this.object;
      try {
        return await read(object);
      } catch (error) {
        if (!CHANGED.some((kind) => error instanceof kind) || this.released || switches === SWITCHES_AT_MOST)
          throw error;
        // Another reading may have opened it again.
        if (object === this.object) await this.switch(error);
      }
    }
  }

  private async switch(reason: unknown): Promise<void> {
    const before = this.object;
    const now = await this.openAgain();
    if (now.sizeBytes !== this.sizeBytes || this.released || before !== this.object) {
      now.release();
      if (before === this.object) throw reason;
      return;
    }
    this.left.push(before);
    this.object = now;
  }
}
