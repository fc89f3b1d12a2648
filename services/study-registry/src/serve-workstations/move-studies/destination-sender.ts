import { COMMAND, NotAnsweredError, RequestedAssociation } from '@yinglian/dicom';
import type { StoredInstance } from '../../storage/study-contents.js';
import type { Workstation } from '../../storage/workstation.store.js';
import type { StudyRegistryConfig } from '../../study-registry.config.js';
import { associationOptions } from '../association-options.js';
import { type Delivered, deliveredBy } from '../deliver-instances/deliver-instances.js';
import { type InstanceDataSets, sendableSyntaxes } from '../deliver-instances/instance-data-set.js';
import { destinationTls } from './destination-tls.js';
import { contextsFrom } from './proposed-contexts.js';

const PATIENCE_MS = 60_000;
/** A destination that is away so often in a row gets no more of this retrieval. */
const MOST_FAILURES_IN_A_ROW = 2;

/** Stores at one destination, on one association at a time; a new one where the classes or syntaxes are too many for one. */
export class DestinationSender {
  private association: RequestedAssociation | undefined;
  private failuresInARow = 0;

  constructor(
    private readonly destination: Workstation & { readonly host: string; readonly port: number },
    private readonly originator: { readonly aeTitle: string; readonly messageId: number },
    private readonly config: StudyRegistryConfig,
    private readonly dataSets: InstanceDataSets,
  ) {}

  /** @param all that are to be sent, in their order */
  async send(instance: StoredInstance, all: readonly StoredInstance[]): Promise<Delivered> {
    if (this.failuresInARow >= MOST_FAILURES_IN_A_ROW) return 'failed';
    try {
      const delivered = await this.store(instance, all);
      this.failuresInARow = 0;
      return delivered;
    } catch (error) {
      this.association?.abort();
      this.association = undefined;
      this.failuresInARow += 1;
      if (error instanceof NotAnsweredError) return 'failed';
      throw error;
    }
  }

  /** Resolves when nothing of it is open. */
  async close(): Promise<void> {
    const { association } = this;
    this.association = undefined;
    await association?.release();
  }

  private async store(instance: StoredInstance, all: readonly StoredInstance[]): Promise<Delivered> {
    const { sopClassUid, sopInstanceUid } = instance;
    const association = await this.associationFor(instance, all);
    const syntax = sendableSyntaxes(instance).find((each) => association.canSend(sopClassUid, each));
    const dataSet = syntax === undefined ? undefined : await this.dataSets.read(instance, syntax);
    if (syntax === undefined || dataSet === undefined) return 'failed';
    const request = { abstractSyntax: sopClassUid, transferSyntax: syntax, sopClassUid, sopInstanceUid };
    const { originator } = this;
    return deliveredBy(
      await association.send(
        { ...request, commandField: COMMAND.store, originator, dataSet: () => dataSet },
        PATIENCE_MS,
      ),
    );
  }

  /** The open one, when its contexts were proposed for this instance too. */
  private async associationFor(
    instance: StoredInstance,
    all: readonly StoredInstance[],
  ): Promise<RequestedAssociation> {
    const known = this.association;
    if (known !== undefined && this.proposed.has(instance)) return known;
    await this.close();
    const { contexts, instances } = contextsFrom(all, all.indexOf(instance));
    const { host, port, tls, aeTitle, certificates } = this.destination;
    const address = { host, port, ...(tls ? { tls: await destinationTls(this.config, certificates) } : {}) };
    const proposal = { callingAeTitle: this.config.DIMSE_AE_TITLE, calledAeTitle: aeTitle, contexts, roles: [] };
    this.association = await RequestedAssociation.open(address, proposal, associationOptions(this.config));
    this.proposed = instances;
    return this.association;
  }

  private proposed: ReadonlySet<StoredInstance> = new Set();
}
