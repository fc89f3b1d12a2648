import { describe, expect, it } from '@jest/globals';
import { type Queued, UploadQueue } from './upload-queue.js';

interface Pack extends Queued {
  readonly name: string;
}

describe('packs that wait', () => {
  const pack = (name: string, since: string, failures = 0): Pack => ({
    name,
    since: `2026-11-25T${since}:00.000Z`,
    failures,
    studyInstanceUid: name.slice(0, 1),
  });
  const names = (queue: UploadQueue<Pack>) => {
    const taken: string[] = [];
    for (const lane of ['urgent', 'routine'] as const) {
      for (let next = queue.take(lane); next !== undefined; next = queue.take(lane)) taken.push(`${lane} ${next.name}`);
    }
    return taken;
  };

  it('leave urgent first, then the longest waiting study, its packs as they came', () => {
    const queue = new UploadQueue<Pack>((study) => study === 'U');
    for (const [name, since] of [
      ['B1', '08:02'],
      ['C1', '08:03'],
      ['A1', '08:01'],
      ['U1', '08:09'],
      ['A2', '08:01'],
      ['B2', '08:02'],
      ['A3', '08:01'],
    ] as const) {
      queue.add(pack(name, since));
    }
    expect(names(queue)).toEqual([
      'urgent U1',
      'routine A1',
      'routine A2',
      'routine A3',
      'routine B1',
      'routine B2',
      'routine C1',
    ]);
  });

  it('step behind the others when they fail again and again, not when a line breaks once', () => {
    const queue = new UploadQueue<Pack>(() => false);
    queue.add(pack('A1', '08:01', 3));
    queue.add(pack('B1', '08:02', 2));
    queue.add(pack('C1', '08:03'));
    expect(names(queue)).toEqual(['routine B1', 'routine C1', 'routine A1']);
  });

  it('go over to the urgent lane when an order says so', () => {
    const queue = new UploadQueue<Pack>(() => false);
    for (const name of ['A1', 'B1', 'A2']) queue.add(pack(name, '08:01'));
    queue.promote('A');
    expect(names(queue)).toEqual(['urgent A1', 'urgent A2', 'routine B1']);
  });

  it('come out sorted, however many there are', () => {
    const queue = new UploadQueue<Pack>(() => false);
    const minutes = Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 600);
    for (const each of minutes) {
      queue.add(pack('X', `${String(Math.floor(each / 60)).padStart(2, '0')}:${String(each % 60).padStart(2, '0')}`));
    }
    const taken: string[] = [];
    for (let next = queue.take('routine'); next !== undefined; next = queue.take('routine')) taken.push(next.since);
    expect(taken).toHaveLength(100_000);
    expect(taken.every((since, at) => at === 0 || (taken[at - 1] ?? '') <= since)).toBe(true);
  });
});
