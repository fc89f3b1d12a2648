/** Where a value stands in a message; numbers begin with 1, as in the standard. */
export interface FieldPath {
  readonly segment: string;
  /** Of several OBX the one whose Observation Identifier (OBX-3) has this code or this text; of other segments the first. */
  readonly observation?: string;
  readonly field: number;
  readonly repetition: number;
  readonly component: number;
  readonly subcomponent: number;
}

const SEGMENT = String.raw`(?:([A-Z][A-Z0-9]{2})|OBX\(([^()|^~\\&\s][^()|^~\\&\r\n]{0,63})\))`;
const PATTERN = new RegExp(String.raw`^${SEGMENT}-(\d{1,3})(?:\[(\d{1,3})\])?(?:\.(\d{1,3})(?:\.(\d{1,3}))?)?$`);

/** `PID-3`, `PID-3.1`, `PID-3[2].4.1`, `OBX(IMAGES)-5`; undefined when it is not such a path. */
export function readFieldPath(text: string): FieldPath | undefined {
  const [whole, segment = 'OBX', observation, field, repetition = '1', component = '1', subcomponent = '1'] =
    PATTERN.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const [at, rest] = [Number(field), [repetition, component, subcomponent].map(Number)];
  if (at === 0 || rest.includes(0)) return undefined;
  const [repeated = 1, part = 1, within = 1] = rest;
  return {
    segment,
    ...(observation === undefined ? {} : { observation: observation.trimEnd() }),
    field: at,
    repetition: repeated,
    component: part,
    subcomponent: within,
  };
}
