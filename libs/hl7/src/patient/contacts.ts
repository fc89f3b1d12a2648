import type { EventData, PatientObservedV3 } from '@yinglian/contracts';
import type { Components } from './components.js';

type Address = EventData<typeof PatientObservedV3>['addresses'][number];

const MOST = 4;
const LONGEST_PHONE = 32;
const LONGEST_LINE = 256;
const LONGEST_PLACE = 64;
const LONGEST_POSTAL_CODE = 16;

/** XTN.3 (HL7 table 0202) and XTN.2 (table 0201) of what is no telephone: fax, pager, mail. */
const NO_TELEPHONE = ['FX', 'BP', 'INTERNET', 'X.400', 'NET', 'BPN'];

/** Numbers by which the patient is reached (XTN), as received; texts without a digit say that there is none. */
export function phonesIn(values: readonly Components[]): string[] {
  const numbers = values
    .filter((value) => ![2, 3].some((component) => NO_TELEPHONE.includes(value(component).toUpperCase())))
    .map((value) => value(1) || value(12) || `${value(6)}${value(7)}`)
    .filter((number) => /\p{Nd}/u.test(number) && number.length <= LONGEST_PHONE);
  return [...new Set(numbers)].slice(0, MOST);
}

/**
 * Where the patient lives (XAD); addresses of work, birth and the like are left out.
 * @param useOf what XAD.7 means; undefined when it is not known
 */
export function addressesIn(
  values: readonly Components[],
  useOf: (code: string) => 'home' | 'other' | undefined,
): Address[] {
  const addresses = values
    .filter((value) => useOf(value(7)) !== 'other')
    .map(addressIn)
    .filter(({ lines, ...places }) => lines.length > 0 || Object.values(places).some((place) => place !== ''));
  const distinct = new Map(addresses.map((address) => [JSON.stringify(address), address]));
  return [...distinct.values()].slice(0, MOST);
}

/** XAD (HL7 2.5.1 section 2.A.88); the district is the county (9), or the other geographic designation (8). */
function addressIn(value: Components): Address {
  const street = value(1) || `${value(1, 2)}${value(1, 3)}`;
  return {
    lines: [street, value(2)].filter((line) => line !== '').map((line) => line.slice(0, LONGEST_LINE)),
    district: (value(9) || value(8)).slice(0, LONGEST_PLACE),
    city: value(3).slice(0, LONGEST_PLACE),
    state: value(4).slice(0, LONGEST_PLACE),
    postalCode: value(5).slice(0, LONGEST_POSTAL_CODE),
  };
}
