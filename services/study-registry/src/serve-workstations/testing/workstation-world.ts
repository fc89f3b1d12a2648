import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WorkstationChangedV1, WorkstationRemovedV1, WorkstationSeed } from '@yinglian/contracts';
import type { DicomJson } from '@yinglian/dicom';
import { type CertificateFiles, peersPython, runProgram, TestAuthority } from '@yinglian/testing';
import { RegistryService } from '../../testing/registry-service.js';
import { WorkstationDoors } from '../admit-workstations/workstation-doors.js';

/** Values by keyword; of a sequence, those of its items. */
export interface AskedKeys {
  readonly [keyword: string]: string | readonly string[] | readonly AskedKeys[];
}

/** What query-retrieve.py is told beside where and who. */
export interface Asked {
  readonly operation: 'find' | 'get' | 'move';
  readonly model: string;
  readonly identifier: AskedKeys;
  readonly identity?: { readonly type: number; readonly primary: string; readonly secondary?: string };
  readonly destination?: string;
  readonly contexts?: readonly (readonly [sopClassUid: string, syntaxes: readonly string[]])[];
  readonly syntaxes?: readonly string[];
  readonly cancelAfter?: number;
  readonly slow?: number;
  readonly holds?: string;
}

/** Who asks, and over TLS when there is a certificate. */
export interface Association extends Asked {
  readonly calling: string;
  readonly certificate?: CertificateFiles | undefined;
  readonly called?: string | undefined;
}

export interface PeerAnswer {
  readonly status: number;
  readonly comment: string | null;
  readonly remaining: number | null;
  readonly completed: number | null;
  readonly failed: number | null;
  readonly warning: number | null;
  readonly dataSet: DicomJson | null;
}

export interface PeerOutcome {
  readonly rejected: readonly number[] | null;
  readonly identityTaken: boolean;
  readonly answers: readonly PeerAnswer[];
  readonly stored: readonly { readonly uid: string; readonly syntax: string; readonly sha256: string }[];
}

type Entry = Readonly<Record<string, unknown>>;

/**
 * A registry with doors for workstations, over TLS and without, and certificates of one authority: of H1WS and H2WS, whose
 * fingerprints it knows, and of a stranger. PLAIN1 and PLAIN2 may come without TLS.
 */
export class WorkstationWorld {
  private constructor(
    readonly registry: RegistryService,
    readonly authority: TestAuthority,
    readonly certificates: Readonly<Record<'H1WS' | 'H2WS' | 'stranger', CertificateFiles>>,
    readonly folder: string,
  ) {}

  /**
   * @param further workstations
   * @param listening where H1WS listens, with TLS
   */
  static async start(further: readonly Entry[] = [], listening: Entry = {}): Promise<WorkstationWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-workstations-'));
    const authority = await TestAuthority.create();
    const own = await authority.issue('registry');
    const certificates = {
      H1WS: await authority.issue('h1ws'),
      H2WS: await authority.issue('h2ws'),
      stranger: await authority.issue('stranger'),
    };
    const workstations = [
      { aeTitle: 'H1WS', hospital: 'H001', certificates: [await fingerprintOf(certificates.H1WS)], ...listening },
      { aeTitle: 'H2WS', hospital: 'H002', certificates: [await fingerprintOf(certificates.H2WS)] },
      { aeTitle: 'PLAIN1', hospital: 'H001', plain: true },
      { aeTitle: 'PLAIN2', hospital: 'H002', plain: true },
      ...further,
    ];
    const registry = await RegistryService.start(undefined, {
      DIMSE_PORT: '0',
      DIMSE_TLS_PORT: '0',
      DIMSE_TLS_KEY_FILE: own.key,
      DIMSE_TLS_CERTIFICATE_FILE: own.certificate,
      DIMSE_TLS_CA_FILE: authority.certificate,
    });
    const world = new WorkstationWorld(registry, authority, certificates, folder);
    await world.tell(...workstations);
    return world;
  }

  /** Tells of workstations as the directory does; resolves when the registry has heard it. */
  tell(...workstations: readonly Entry[]): Promise<void> {
    const data = workstations.map((each) => ({ ...WorkstationSeed.parse(each), version: 1, changedAt: TOLD_AT }));
    return this.registry.publish(WorkstationChangedV1, ...data);
  }

  tellRemoved(aeTitle: string, hospital = 'H001'): Promise<void> {
    return this.registry.publish(WorkstationRemovedV1, { aeTitle, hospital, version: 2, removedAt: TOLD_AT });
  }

  get ports() {
    const { port = 0, tlsPort = 0 } = this.registry.service.app.get(WorkstationDoors);
    return { port, tlsPort };
  }

  /** One of DCMTK's programs over TLS, under a certificate. */
  overTls(program: string, aeTitle: string, certificate: CertificateFiles, args: readonly string[] = []) {
    const tls = ['+tls', certificate.key, certificate.certificate, '+cf', this.authority.certificate];
    return runProgram(program, [...titles(aeTitle), ...tls, ...args, '127.0.0.1', String(this.ports.tlsPort)]);
  }

  /** One of DCMTK's programs without TLS. */
  plainly(program: string, aeTitle: string, args: readonly string[] = []) {
    return runProgram(program, [...titles(aeTitle), ...args, '127.0.0.1', String(this.ports.port)]);
  }

  /** pynetdicom, over TLS when there is a certificate. */
  async pynetdicom(asked: Association): Promise<PeerOutcome> {
    const [outcome] = await this.pynetdicomEach([asked]);
    if (outcome === undefined) throw new Error('There is no outcome');
    return outcome;
  }

  /** The same, one association after the other. */
  async pynetdicomEach(all: readonly Association[]): Promise<PeerOutcome[]> {
    const { port, tlsPort } = this.ports;
    const told = all.map(({ certificate, called = 'YINGLIAN', ...asked }) => {
      const tls = certificate && { ca: this.authority.certificate, ...certificate };
      return { port: tls ? tlsPort : port, called, tls: tls ?? null, ...asked };
    });
    const { stdout, output } = await runProgram(peersPython, [SCRIPT], JSON.stringify(told));
    try {
      return JSON.parse(stdout);
    } catch {
      throw new Error(output);
    }
  }

  async stop(): Promise<void> {
    await this.registry.stop();
    await this.authority.remove();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const TOLD_AT = '2026-11-30T08:00:00.000Z';
const SCRIPT = fileURLToPath(new URL('./query-retrieve.py', import.meta.url));
const titles = (aeTitle: string) => ['-v', '-aet', aeTitle, '-aec', 'YINGLIAN'];

/** As openssl prints it. */
export const fingerprintOf = async ({ certificate }: CertificateFiles) =>
  new X509Certificate(await readFile(certificate)).fingerprint256;
