/** Read and written at once; all that one answer holds in memory. */
const PIECE_BYTES = 1024 * 1024;
/** What is shorter is had from the allocator as quickly. */
const WORTH_KEEPING_BYTES = 64 * 1024;
const SPARE_AT_MOST = 32;

const spare: Buffer<ArrayBuffer>[] = [];

/** Memory for an answer of so many bytes: what is new has to be cleared by the system, which takes as long as filling it. */
export function takeScratch(sizeBytes = PIECE_BYTES): Buffer<ArrayBuffer> {
  if (sizeBytes < WORTH_KEEPING_BYTES) return Buffer.allocUnsafeSlow(sizeBytes);
  return spare.pop() ?? Buffer.allocUnsafeSlow(PIECE_BYTES);
}

/** Once nobody reads from it. What is not kept is free at once: many answers end together, and the collector comes long after. */
export function giveBackScratch(scratch: Buffer<ArrayBuffer>): void {
  if (scratch.length !== PIECE_BYTES) return;
  if (spare.length < SPARE_AT_MOST) spare.push(scratch);
  else scratch.buffer.transfer(0);
}
