import type { Segment } from '@yinglian/hl7';

/** Segments that are of the whole message. */
const OF_THE_MESSAGE = new Set(['MSH', 'SFT', 'EVN', 'PID', 'PD1', 'MRG', 'PV1', 'PV2', 'NK1', 'GT1', 'IN1', 'AL1']);

/**
 * The orders of a message (HL7 2.5.1 sections 4.4.1, 4.4.6 and 7.3.1): each begins with ORC, or with OBR where there is none,
 * and is read together with what is said of the whole message.
 */
export function orderGroups(segments: readonly Segment[]): Segment[][] {
  const whole = segments.filter(({ name }) => OF_THE_MESSAGE.has(name));
  const groups: Segment[][] = [];
  for (const segment of segments) {
    const current = groups.at(-1);
    const begins =
      segment.name === 'ORC' ||
      (segment.name === 'OBR' && (current === undefined || current.some(({ name }) => name === 'OBR')));
    if (begins) groups.push([segment]);
    else if (!OF_THE_MESSAGE.has(segment.name)) current?.push(segment);
  }
  return groups.map((group) => [...group, ...whole]);
}
