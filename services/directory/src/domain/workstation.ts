import type { WorkstationSettings } from '@yinglian/contracts';

/** A device of a hospital that may query and retrieve at the province by DIMSE. */
export interface Workstation extends WorkstationSettings {
  /** Known to one workstation of the province alone. */
  readonly aeTitle: string;
  readonly hospital: string;
  readonly version: number;
  readonly changedAt: Date;
}

export const presentWorkstation = ({ changedAt, ...workstation }: Workstation) => ({
  ...workstation,
  changedAt: changedAt.toISOString(),
});
