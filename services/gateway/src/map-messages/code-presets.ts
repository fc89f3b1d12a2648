import {
  type Confidentiality,
  type EncounterRecordedV1,
  type EventData,
  IDENTIFIER_TYPES,
  type NumberType,
  type OrderPlacedV1,
  type ReferralRecordedV1,
  type ReportPublishedV1,
} from '@yinglian/contracts';
import { ADDRESS_USES, MULTIPLE_BIRTHS, SEXES } from '@yinglian/hl7';

/** What a hospital's codes become. */
export interface CodeTargets {
  sex: 'M' | 'F' | 'O' | '';
  patientClass: EventData<typeof EncounterRecordedV1>['encounterClass'];
  priority: EventData<typeof OrderPlacedV1>['priority'];
  referralStatus: EventData<typeof ReferralRecordedV1>['status'];
  orderControl: EventData<typeof OrderPlacedV1>['status'];
  reportStatus: EventData<typeof ReportPublishedV1>['status'];
  identifierType: NumberType;
  addressUse: 'home' | 'other';
  multipleBirth: 'yes' | 'no';
  confidentiality: Confidentiality;
}
type Tables = { readonly [Table in keyof CodeTargets]: Readonly<Record<string, CodeTargets[Table]>> };
/** As a hospital gives them. */
export type GivenTables = { readonly [Table in keyof Tables]?: Tables[Table] | undefined };

/** HL7 tables 0001, 0004, 0283, 0119, 0078, 0123, 0203, 0190, 0136 and 0177, and what Chinese senders write in their place, to what the province says. */
export const CODE_PRESETS: Tables = {
  sex: SEXES,
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
  referralStatus: {
    '': 'active',
    A: 'active',
    P: 'active',
    R: 'cancelled',
    E: 'ended',
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
  addressUse: ADDRESS_USES,
  multipleBirth: MULTIPLE_BIRTHS,
  confidentiality: {
    U: 'normal',
    N: 'normal',
    R: 'restricted',
    V: 'very-restricted',
    EMP: 'restricted',
    VIP: 'restricted',
    UWM: 'restricted',
    PSY: 'restricted',
    AID: 'restricted',
    HIV: 'restricted',
    ETH: 'restricted',
    ETOH: 'restricted',
  },
};
