import type { OutgoingMessages } from '@yinglian/dicom';
import type { Workstation } from '../storage/workstation.store.js';
import type { WorkstationCaller } from './admit-workstations/workstation-caller.js';
import type { Root } from './query-retrieve-classes.js';

/** Who asks, in which information model, and on which association. */
export interface Asking {
  readonly caller: WorkstationCaller;
  readonly root: Root;
  readonly workstation: Workstation;
  readonly outgoing: OutgoingMessages;
}
