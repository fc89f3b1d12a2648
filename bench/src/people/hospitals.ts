import type { Chance } from './chance.js';
import type { RateName } from './rates.js';
import { Weighted } from './weighted.js';

export type HospitalKind = 'tertiary' | 'secondary' | 'primary';

export interface Hospital {
  readonly code: string;
  readonly kind: HospitalKind;
  /** Its program keeps ten characters of a name, and none outside of GBK. */
  readonly isOld: boolean;
  /** 1985-03-02 */
  readonly dashesInDates: boolean;
  /** 王^伟 */
  readonly caretInNames: boolean;
}

export const WITHOUT_ID: Readonly<Record<HospitalKind, RateName>> = {
  tertiary: 'noIdTertiary',
  secondary: 'noIdSecondary',
  primary: 'noIdPrimary',
};

const KINDS: readonly HospitalKind[] = [
  ...Array.from({ length: 6 }, () => 'tertiary' as const),
  ...Array.from({ length: 8 }, () => 'secondary' as const),
  ...Array.from({ length: 6 }, () => 'primary' as const),
];

/** Twenty, as assumed: a third of secondary and half of primary ones with old programs. */
export const HOSPITALS: readonly Hospital[] = KINDS.map((kind, index) => ({
  code: `H${String(index + 1).padStart(3, '0')}`,
  kind,
  isOld: (kind === 'secondary' && index % 3 === 0) || (kind === 'primary' && index % 2 === 0),
  dashesInDates: index === 9,
  caretInNames: index % 7 === 3,
}));

const ofKind = (kind: HospitalKind) => HOSPITALS.filter((hospital) => hospital.kind === kind);
const [SECONDARY, PRIMARY] = [ofKind('secondary'), ofKind('primary')];
/** From all over the province; the first is the largest. */
const tertiary = new Weighted(ofKind('tertiary').map((hospital, rank) => [hospital, 1 / (rank + 1)] as const));
/** Shares of visits (assumed). */
const TO = { tertiary: 0.45, secondary: 0.35 };

/** Where somebody of the district goes. */
export function hospitalFor(district: number, chance: Chance): Hospital {
  const share = chance.share();
  if (share < TO.tertiary) return tertiary.pick(chance);
  const near = share < TO.tertiary + TO.secondary ? SECONDARY : PRIMARY;
  const hospital = near[district % near.length];
  if (hospital === undefined) throw new Error('There is no hospital near');
  return hospital;
}
