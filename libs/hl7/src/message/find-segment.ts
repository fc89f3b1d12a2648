import type { FieldPath } from './field-path.js';
import { leafOf, type Message, repetitionsOf, type Segment } from './message.js';

const OBSERVATION_IDENTIFIER = 3;

/** The first of these segments that a path means; observations by code or text of OBX-3 (HL7 2.5.1 section 7.4.2.3). */
export const findSegment = (
  message: Message,
  segments: readonly Segment[],
  { segment, observation }: Pick<FieldPath, 'segment' | 'observation'>,
): Segment | undefined =>
  segments.find((each) => each.name === segment && (observation === undefined || isOf(message, each, observation)));

function isOf(message: Message, segment: Segment, observation: string): boolean {
  const [identifier = ''] = repetitionsOf(message, segment, OBSERVATION_IDENTIFIER);
  return [1, 2].some((component) => leafOf(identifier, component, 1, message.separators) === observation);
}
