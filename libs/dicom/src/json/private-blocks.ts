import type { DicomJson } from './dicom-json.js';

/** Private Creator elements (gggg,0010) to (gggg,00FF) reserve blocks of a group (PS3.5 section 7.8.1). */
const [FIRST_BLOCK, LAST_BLOCK] = [0x10, 0xff];

/** Whether only the creator tells in which block of its group an element is: `gggg00ee`, as the Native DICOM Model has it. */
export const isOfAnyBlock = (tag: string): boolean => isPrivate(tag) && tag.slice(4, 6) === '00';

/** Who reserved the element's block; undefined when nobody has, or the same has another block of the group too. */
export function creatorOf(dataSet: DicomJson, tag: string): string | undefined {
  const [group, block] = [tag.slice(0, 4), Number.parseInt(tag.slice(4, 6), 16)];
  if (!isPrivate(tag) || block < FIRST_BLOCK) return undefined;
  const creator = creatorAt(dataSet, group, block);
  return creator !== undefined && blockOf(dataSet, group, creator) === block ? creator : undefined;
}

/** Gives an element of a creator its place in the data set: in the creator's block, or in one that is reserved for it. Returns whether there is room. */
export function placeInBlock(dataSet: DicomJson, tag: string, creator: string, element: DicomJson[string]): boolean {
  const group = tag.slice(0, 4);
  const block = blockOf(dataSet, group, creator) ?? reserve(dataSet, group, creator);
  const placed = `${group}${hex(block ?? 0)}${tag.slice(6)}`;
  if (block === undefined || Object.hasOwn(dataSet, placed)) return false;
  dataSet[placed] = element;
  return true;
}

const isPrivate = (tag: string): boolean => Number.parseInt(tag.slice(3, 4), 16) % 2 === 1;

function blockOf(dataSet: DicomJson, group: string, creator: string): number | undefined {
  for (let block = FIRST_BLOCK; block <= LAST_BLOCK; block += 1) {
    if (creatorAt(dataSet, group, block) === creator) return block;
  }
  return undefined;
}

function reserve(dataSet: DicomJson, group: string, creator: string): number | undefined {
  for (let block = FIRST_BLOCK; block <= LAST_BLOCK; block += 1) {
    if (Object.hasOwn(dataSet, `${group}00${hex(block)}`)) continue;
    dataSet[`${group}00${hex(block)}`] = { vr: 'LO', Value: [creator] };
    return block;
  }
  return undefined;
}

function creatorAt(dataSet: DicomJson, group: string, block: number): string | undefined {
  const creator = dataSet[`${group}00${hex(block)}`]?.Value?.[0];
  return typeof creator === 'string' ? creator : undefined;
}

const hex = (block: number): string => block.toString(16).padStart(2, '0').toUpperCase();
