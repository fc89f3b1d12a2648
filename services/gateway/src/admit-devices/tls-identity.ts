import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { Logger } from '@nestjs/common';
import type { Alarms } from '../alarms/alarms.js';

/** The gateway's, in the module; undefined when it has no key. */
export const TLS_IDENTITY = Symbol('TLS identity');

/** Where a gateway's own key and certificate chain stand, and the authorities of the hospital's devices; PEM. */
export interface TlsFiles {
  readonly key: string;
  readonly certificate: string;
  readonly authorities: string;
}

const LOOK_EVERY_MS = 2_000;
const NEAR_ITS_END_MS = 30 * 24 * 3_600_000;

/**
 * With what a gateway shows itself to devices over TLS, and whom it trusts. New files are taken over while it runs; ones that
 * do not fit together are said and not taken over.
 */
export class TlsIdentity {
  private readonly logger = new Logger(TlsIdentity.name);
  private readonly listeners: ((context: SecureContextOptions) => void)[] = [];
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly files: TlsFiles,
    private readonly alarms: Alarms,
    private context: Pem,
  ) {}

  /** Rejects when a file is not there, or when they do not fit together. */
  static async open(files: TlsFiles, alarms: Alarms): Promise<TlsIdentity> {
    const identity = new TlsIdentity(files, alarms, await readPem(files));
    identity.watchEnd();
    return identity;
  }

  get current(): SecureContextOptions {
    return this.context;
  }

  /** Called after each change that was taken over. */
  onChange(listener: (context: SecureContextOptions) => void): void {
    this.listeners.push(listener);
  }

  start(): void {
    this.timer ??= setTimeout(async () => {
      await this.look();
      this.timer?.refresh();
    }, LOOK_EVERY_MS).unref();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<void> {
    this.watchEnd();
    try {
      const found = await readPem(this.files);
      this.alarms.clear('DICOM_TLS_FILES_INVALID');
      if (JSON.stringify(found) === JSON.stringify(this.context)) return;
      this.context = found;
      this.watchEnd();
      this.logger.log('The certificate for DICOM was changed');
      for (const listener of this.listeners) listener(found);
    } catch (error) {
      this.alarms.raise('DICOM_TLS_FILES_INVALID', { problem: error instanceof Error ? error.message : String(error) });
    }
  }

  private watchEnd(): void {
    const { validToDate } = new X509Certificate(this.context.cert);
    const isNear = validToDate.getTime() - Date.now() < NEAR_ITS_END_MS;
    this.alarms.set('DICOM_CERTIFICATE_ENDS', isNear, { endsAt: validToDate.toISOString() });
  }
}

interface Pem {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
}

async function readPem({ key, certificate, authorities }: TlsFiles): Promise<Pem> {
  const [keyPem, cert, ca] = await Promise.all([key, certificate, authorities].map((path) => readFile(path, 'utf8')));
  if (keyPem === undefined || cert === undefined || ca === undefined) throw new Error('A file is missing');
  const pem = { key: keyPem, cert, ca };
  // Throws when the key is not the certificate's.
  createSecureContext(pem);
  return pem;
}
