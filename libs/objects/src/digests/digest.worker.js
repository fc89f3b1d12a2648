// A thread that hashes files of this process, each from where it stopped. Of every digest it is asked once how it ends.
import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

const piece = Buffer.allocUnsafeSlow(1024 * 1024);
const hashes = new Map();
const problems = new Map();

parentPort.on('message', ({ id, isFirst, isLast, ...bytes }) => {
  if (isFirst) hashes.set(id, createHash('sha256'));
  try {
    if (!problems.has(id)) hash(hashes.get(id), bytes);
  } catch ({ message, code }) {
    problems.set(id, { message, code });
  }
  if (isLast) answer(id);
});

function hash(sha256, { fd, from, to }) {
  if (sha256 === undefined) throw new Error('The thread that hashed what came before is gone');
  for (let at = from; at < to; ) {
    const length = readSync(fd, piece, 0, Math.min(piece.length, to - at), at);
    if (length === 0) throw new Error('The file is shorter than what is to be hashed');
    sha256.update(piece.subarray(0, length));
    at += length;
  }
}

function answer(id) {
  const problem = problems.get(id);
  parentPort.postMessage({ id, problem, sha256: problem === undefined ? hashes.get(id).digest('hex') : undefined });
  hashes.delete(id);
  problems.delete(id);
}
