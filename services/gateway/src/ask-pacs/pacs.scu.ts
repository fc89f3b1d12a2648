import { Injectable } from '@nestjs/common';
import { DeviceCaller, MOST_CONTEXTS } from '../call-devices/device-caller.js';
import { StoreInstancesScp } from '../receive-instances/store-instances.scp.js';
import { PacsAssociation, STUDY_ROOT } from './pacs-association.js';
import { RETRIEVED_CLASSES, RETRIEVED_SYNTAXES } from './retrieved-classes.js';

/** A PACS may take minutes to fetch a study from its archive before it says anything. */
const PATIENCE_MS = 10 * 60_000;

/** Asks a hospital's PACS, and takes what C-GET brings the same way in as every image. */
@Injectable()
export class PacsScu {
  constructor(
    private readonly caller: DeviceCaller,
    private readonly storage: StoreInstancesScp,
  ) {}

  /** To search and to have studies moved. Rejects with a DeviceAway. */
  async open(aeTitle: string): Promise<PacsAssociation> {
    const contexts = [{ abstractSyntax: STUDY_ROOT.find }, { abstractSyntax: STUDY_ROOT.move }];
    const association = await this.caller.open({ aeTitle, contexts, patienceMs: PATIENCE_MS });
    return new PacsAssociation(association, PATIENCE_MS);
  }

  /** To search and to get studies. Rejects with a DeviceAway. */
  async openToGet(aeTitle: string): Promise<PacsAssociation> {
    const sopClasses = RETRIEVED_CLASSES.slice(0, MOST_CONTEXTS - 2);
    const { store, closed } = this.storage.open(aeTitle);
    const association = await this.caller
      .open({
        aeTitle,
        contexts: [
          { abstractSyntax: STUDY_ROOT.find },
          { abstractSyntax: STUDY_ROOT.get },
          ...sopClasses.map((abstractSyntax) => ({ abstractSyntax, transferSyntaxes: RETRIEVED_SYNTAXES })),
        ],
        storing: { sopClasses, service: { serviceOf: () => 'storage', store, closed } },
        patienceMs: PATIENCE_MS,
      })
      .catch((error: unknown) => {
        closed();
        throw error;
      });
    return new PacsAssociation(association, PATIENCE_MS);
  }
}
