import { describe, expect, it } from '@jest/globals';
import { WriteBack } from './write-back.js';

/** A disk that ends each sync when it is told to. */
class Disk {
  syncs: PromiseWithResolvers<void>[] = [];
  datasync(): Promise<void> {
    const sync = Promise.withResolvers<void>();
    this.syncs.push(sync);
    return sync.promise;
  }
}

const aMoment = () => new Promise((go) => setImmediate(go));

describe('a file that is synced while it grows', () => {
  it('is synced whenever so much is written, one sync behind the other, and once more at its end', async () => {
    const disk = new Disk();
    const file = new WriteBack(disk, 10);
    file.written(9);
    expect(disk.syncs.length).toBe(0);
    file.written(1);
    expect(disk.syncs.length).toBe(1);
    file.written(30);
    expect(disk.syncs.length).toBe(1);
    disk.syncs[0]?.resolve();
    await aMoment();
    file.written(1);
    expect(disk.syncs.length).toBe(2);
    const ended = file.end();
    disk.syncs[1]?.resolve();
    await aMoment();
    expect(disk.syncs.length).toBe(3);
    disk.syncs[2]?.resolve();
    await ended;
  });

  it('is not durable when a sync has failed, whatever later ones say', async () => {
    const disk = new Disk();
    const file = new WriteBack(disk, 10);
    file.written(10);
    disk.syncs[0]?.reject(new Error('EIO'));
    await aMoment();
    expect(file.hasFailed).toBe(true);
    file.written(10);
    expect(disk.syncs.length).toBe(1);
    await expect(file.end()).rejects.toThrow('EIO');
    await expect(file.end()).rejects.toThrow('EIO');
  });
});
