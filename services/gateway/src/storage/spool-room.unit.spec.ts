import { describe, expect, it } from '@jest/globals';
import { SpoolRoom } from './spool-room.js';

const MINUTE = 60_000;

describe('the room of the spool', () => {
  const of = (usedPercent: number) => ({
    bytes: usedPercent * 1000,
    roomBytes: (100 - usedPercent) * 1000,
    instances: 1,
    maximumInstances: 1000,
  });
  const after = (room: SpoolRoom, ...uses: Parameters<SpoolRoom['look']>[0][]) => {
    for (const use of uses) room.look(use, 0);
    return [room.hasRoom, room.isFilling, room.usedPercent];
  };

  it('is warned of at its mark, and not with every pack anew', () => {
    const room = new SpoolRoom(80);
    expect(after(room, of(79))).toEqual([true, false, 79]);
    expect(after(room, of(80))).toEqual([true, true, 80]);
    expect(after(room, of(76))).toEqual([true, true, 76]);
    expect(after(room, of(74))).toEqual([true, false, 74]);
  });

  it('ends with its bytes or its instances, and begins again when some of it is free', () => {
    const room = new SpoolRoom(80);
    expect(after(room, of(99))).toEqual([true, true, 99]);
    expect(after(room, of(101))).toEqual([false, true, 100]);
    expect(after(room, of(99), of(96))).toEqual([false, true, 96]);
    expect(after(room, of(94))).toEqual([true, true, 94]);
    expect(after(room, { ...of(10), instances: 1000 })).toEqual([false, true, 100]);
    expect(after(room, { ...of(10), instances: 960 })).toEqual([false, true, 96]);
    expect(after(room, { ...of(10), instances: 900 })).toEqual([true, true, 90]);
  });

  it('is that of the disk when the spool is empty: others may fill it', () => {
    const room = new SpoolRoom(80);
    const nothing = { bytes: 0, instances: 0, maximumInstances: 1000 };
    expect(after(room, { ...nothing, roomBytes: -5 })).toEqual([false, true, 100]);
    expect(after(room, { ...nothing, roomBytes: 5 })).toEqual([true, false, 0]);
  });

  it('lasts as long as the present rate lets it', () => {
    const room = new SpoolRoom(80);
    const use = (bytes: number) => ({ bytes, roomBytes: 6_000_000 - bytes, instances: 1, maximumInstances: 1000 });
    expect(room.hoursLeft).toBeUndefined();
    // 1 kB a minute for three hours: what is left lasts for almost a hundred.
    for (let minute = 0; minute <= 180; minute += 1) room.look(use(minute * 1000), minute * MINUTE);
    expect(room.hoursLeft).toBe(97);
    for (let minute = 181; minute <= 360; minute += 1) room.look(use(180_000 - minute * 100), minute * MINUTE);
    expect(room.hoursLeft).toBeUndefined();
  });
});
