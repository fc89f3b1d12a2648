import type { Hospital } from '../schedule/fault.js';
import { Random } from '../schedule/random.js';

/** What an HIS does with its next message. */
export interface MessagePlan {
  /** Number of the visit (PV1-19), by which its event is found again. */
  readonly encounterId: string;
  /** ADT^A04: a patient is registered (HL7 2.4 section 3.3.4). */
  readonly text: string;
  /** Whether two connections carry it at once. */
  readonly twiceAtOnce: boolean;
  /** Whether it is sent once more when it was acknowledged. */
  readonly onceMore: boolean;
  readonly pauseMs: number;
}

/** The `place`th message of a hospital's HIS: it depends on the seed, the hospital and the place only. */
export function messagePlan(seed: number, hospital: Hospital, place: number): MessagePlan {
  const random = Random.of(seed, 'message', hospital, place);
  const encounterId = `${hospital}-${place}-${random.below(1e9)}`;
  return {
    encounterId,
    text: [
      `MSH|^~\\&|HIS|${hospital}|GW|P|20261124101500||ADT^A04|${place}-${random.below(1e9)}|P|2.4|||||CHN|UNICODE UTF-8`,
      'EVN|A04|20261124101500',
      `PID|1||M${random.below(1e9)}^^^${hospital}||测试^病人||19800101|1`,
      `PV1|1|O|RES^12^01||||||||||||||||${encounterId}`,
      '',
    ].join('\r'),
    twiceAtOnce: random.oneIn(4),
    onceMore: random.oneIn(4),
    pauseMs: random.between(20, 300),
  };
}
