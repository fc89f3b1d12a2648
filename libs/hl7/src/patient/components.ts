import type { FieldPath } from '../message/field-path.js';
import { findSegment } from '../message/find-segment.js';
import { leafOf, type Message, repetitionsOf, type Segment } from '../message/message.js';

/** Reads one value that has components (CX, XAD, XPN, XTN): a component, or a part of one; empty when it says nothing. */
export type Components = (component: number, subcomponent?: number) => string;

/** The repetitions of a field. Where the path names one of them, or a part, that alone: the part stands for the whole value. */
export function valuesAt(message: Message, segments: readonly Segment[], path: FieldPath): Components[] {
  const repetitions = repetitionsOf(message, findSegment(message, segments, path), path.field);
  const named = path.repetition === 1 ? repetitions : repetitions.slice(path.repetition - 1, path.repetition);
  const isWhole = path.component === 1 && path.subcomponent === 1;
  return named.map((text) => {
    const leaf: Components = (component, subcomponent = 1) =>
      leafOf(text, component, subcomponent, message.separators) ?? '';
    if (isWhole) return leaf;
    const part = leaf(path.component, path.subcomponent);
    return (component, subcomponent = 1) => (component === 1 && subcomponent === 1 ? part : '');
  });
}
