import type { Province } from '@yinglian/testing';
import { HOSPITALS, type Hospital } from '../schedule/fault.js';

/** A hospital's ways in, and who may use them. */
export interface Target {
  readonly dicomPort: number;
  readonly aeTitle: string;
  readonly hl7Port: number;
  /** Root of its STOW-RS. */
  readonly stow: string;
  readonly token: string;
  /** Where senders may write what they send. */
  readonly folder: string;
}

/** Clinicians may store and open at their own hospital. */
export const CLINICIANS: Readonly<Record<Hospital, string>> = { H001: 'dr.lin', H002: 'dr.chen' };

/** Where the hospitals of a running province take images in. */
export async function targetsOf(province: Province, folder: string): Promise<Record<Hospital, Target>> {
  const [first, second] = await Promise.all(HOSPITALS.map((code) => targetOf(province, code, folder)));
  if (first === undefined || second === undefined) throw new Error('There are two hospitals');
  return { H001: first, H002: second };
}

async function targetOf(province: Province, code: Hospital, folder: string): Promise<Target> {
  const hospital = province.endpoints.hospitals.find((candidate) => candidate.code === code);
  if (hospital === undefined) throw new Error(`The sample province has no hospital ${code}`);
  const { dicomPort, aeTitle, hl7Port, stow } = hospital;
  return { dicomPort, aeTitle, hl7Port, stow, token: await province.token(CLINICIANS[code]), folder };
}
