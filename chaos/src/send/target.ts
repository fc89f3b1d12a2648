import type { Province } from '@yinglian/testing';
import { HOSPITALS, type Hospital } from '../schedule/fault.js';

/** A hospital's ways in, and who may use them. */
export interface Target {
  readonly dicomPort: number;
  readonly aeTitle: string;
  /** Root of its STOW-RS. */
  readonly stow: string;
  readonly token: string;
}

/** Clinicians may store and open at their own hospital. */
export const CLINICIANS: Readonly<Record<Hospital, string>> = { H001: 'dr.lin', H002: 'dr.chen' };

/** Where the hospitals of a running province take images in. */
export async function targetsOf(province: Province): Promise<Record<Hospital, Target>> {
  const [first, second] = await Promise.all(HOSPITALS.map((code) => targetOf(province, code)));
  if (first === undefined || second === undefined) throw new Error('There are two hospitals');
  return { H001: first, H002: second };
}

async function targetOf(province: Province, code: Hospital): Promise<Target> {
  const hospital = province.endpoints.hospitals.find((candidate) => candidate.code === code);
  if (hospital === undefined) throw new Error(`The sample province has no hospital ${code}`);
  const { dicomPort, aeTitle, stow } = hospital;
  return { dicomPort, aeTitle, stow, token: await province.token(CLINICIANS[code]) };
}
