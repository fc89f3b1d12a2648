import { peerScript, peersPython } from './pydicom-files.js';
import { runProgram } from './run-program.js';

/** A record of FEBRL 3 as it stands; what is not stated is empty. */
export interface FebrlPerson {
  readonly record_id: string;
  /** Whose record it is, the label: for judging only. */
  readonly person: string;
  readonly given_name: string;
  readonly surname: string;
  readonly street_number: string;
  readonly address_1: string;
  readonly address_2: string;
  readonly suburb: string;
  readonly postcode: string;
  readonly state: string;
  readonly date_of_birth: string;
  readonly soc_sec_id: string;
}

/** The public labelled set of people; `machineHas('splink')` says whether it is there. */
export async function febrl3(): Promise<FebrlPerson[]> {
  const { code, stdout, output } = await runProgram(peersPython, [peerScript('febrl3.py')]);
  if (code !== 0) throw new Error(output);
  return stdout
    .trim()
    .split('\n')
    .map((line): FebrlPerson => JSON.parse(line));
}
