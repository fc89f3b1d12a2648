import type { EncounterRecordedV1, EventData, OrderPlacedV1, ReportPublishedV1 } from '@yinglian/contracts';
import { IDENTIFIER_TYPES, type NumberType } from '../domain/identifier-types.js';

/** What a hospital's codes become. */
export interface CodeTargets {
  sex: 'M' | 'F' | 'O' | '';
  patientClass: EventData<typeof EncounterRecordedV1>['encounterClass'];
  priority: EventData<typeof OrderPlacedV1>['priority'];
  orderControl: EventData<typeof OrderPlacedV1>['status'];
  reportStatus: EventData<typeof ReportPublishedV1>['status'];
  identifierType: NumberType;
  addressUse: 'home' | 'other';
  multipleBirth: 'yes' | 'no';
}
type Tables = { readonly [Table in keyof CodeTargets]: Readonly<Record<string, CodeTargets[Table]>> };
/** As a hospital gives them. */
export type GivenTables = { readonly [Table in keyof Tables]?: Tables[Table] | undefined };

/** HL7 tables 0001, 0004, 0119, 0078, 0123, 0203, 0190 and 0136, and what Chinese senders write in their place, to what the province says. */
export const CODE_PRESETS: Tables = {
  sex: {
    M: 'M',
    F: 'F',
    O: 'O',
    A: 'O',
    U: '',
    N: '',
    '0': '',
    '1': 'M',
    '2': 'F',
    '9': '',
    男: 'M',
    女: 'F',
    未知: '',
  },
  patientClass: {
    I: 'inpatient',
    O: 'outpatient',
    E: 'emergency',
    P: 'inpatient',
    R: 'outpatient',
    T: 'checkup',
    住院: 'inpatient',
    门诊: 'outpatient',
    急诊: 'emergency',
    体检: 'checkup',
  },
  priority: {
    '': 'routine',
    S: 'urgent',
    A: 'urgent',
    STAT: 'urgent',
    ASAP: 'urgent',
    R: 'routine',
    P: 'routine',
    C: 'routine',
    T: 'routine',
    急: 'urgent',
    加急: 'urgent',
    普通: 'routine',
  },
  orderControl: {
    '': 'placed',
    NW: 'placed',
    SN: 'placed',
    CA: 'cancelled',
    OC: 'cancelled',
    CR: 'cancelled',
    DC: 'cancelled',
    OD: 'cancelled',
    DR: 'cancelled',
    XO: 'changed',
    XX: 'changed',
    XR: 'changed',
    RP: 'changed',
    RU: 'changed',
    SC: 'changed',
    SR: 'changed',
    RE: 'changed',
    OK: 'changed',
    NA: 'changed',
  },
  reportStatus: {
    P: 'preliminary',
    R: 'preliminary',
    I: 'preliminary',
    S: 'preliminary',
    A: 'preliminary',
    F: 'final',
    C: 'corrected',
    D: 'withdrawn',
    X: 'withdrawn',
  },
  identifierType: IDENTIFIER_TYPES,
  addressUse: {
    '': 'home',
    H: 'home',
    C: 'home',
    P: 'home',
    L: 'home',
    M: 'home',
    RH: 'home',
    B: 'other',
    O: 'other',
    BA: 'other',
    N: 'other',
    BDL: 'other',
    BR: 'other',
    F: 'other',
    现住址: 'home',
    家庭: 'home',
    户籍: 'home',
    单位: 'other',
    出生地: 'other',
    籍贯: 'other',
  },
  multipleBirth: {
    Y: 'yes',
    N: 'no',
    '1': 'yes',
    '0': 'no',
    是: 'yes',
    否: 'no',
  },
};
