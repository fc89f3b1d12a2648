import { nodeHash } from './hashes.js';

/** Whether the path leads from the record's hash to the root (RFC 9162 section 2.1.3.2). */
export function includes(proof: readonly Buffer[], index: number, leaf: Buffer, size: number, root: Buffer): boolean {
  if (index >= size) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && hash.equals(root);
}

/** Whether the tree of the larger size begins with that of the smaller one (RFC 9162 section 2.1.4.2). */
export function isConsistent(
  proof: readonly Buffer[],
  smaller: { readonly size: number; readonly root: Buffer },
  larger: { readonly size: number; readonly root: Buffer },
): boolean {
  if (smaller.size > larger.size) return false;
  if (smaller.size === larger.size) return proof.length === 0 && smaller.root.equals(larger.root);
  // Every tree begins with the empty one.
  if (smaller.size === 0) return proof.length === 0;
  const path = isPowerOfTwo(smaller.size) ? [smaller.root, ...proof] : [...proof];
  const [first, ...siblings] = path;
  if (first === undefined) return false;
  let [node, last] = [smaller.size - 1, larger.size - 1];
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  let [before, after] = [first, first];
  for (const sibling of siblings) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      before = nodeHash(sibling, before);
      after = nodeHash(sibling, after);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      after = nodeHash(after, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && before.equals(smaller.root) && after.equals(larger.root);
}

// Sizes may exceed 32 bits, which is where JavaScript's shifts end.
const isOdd = (number: number) => number % 2 === 1;
const half = (number: number) => Math.floor(number / 2);
const isPowerOfTwo = (number: number) => Number.isInteger(Math.log2(number));
