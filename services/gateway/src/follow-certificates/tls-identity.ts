import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { Logger } from '@nestjs/common';
import type { AlarmCode } from '../alarms/alarm-codes.js';
import type { Alarms } from '../alarms/alarms.js';

/** Towards the hospital's devices, in the module; undefined when the gateway has no key for them. */
export const TLS_IDENTITY = Symbol('TLS identity');
/** Towards the browsers of the hospital, in the module; undefined when the page has no key. */
export const PAGE_TLS_IDENTITY = Symbol('TLS identity of the page');

/** Where a gateway's own key and certificate chain stand, and the authorities of those who show one; PEM. */
export interface TlsFiles {
  readonly key: string;
  readonly certificate: string;
  readonly authorities?: string;
}

/** For what files are, and what is raised when they are wrong or the certificate ends within 30 days. */
export interface TlsPurpose {
  readonly name: string;
  readonly filesInvalid: AlarmCode;
  readonly certificateEnds: AlarmCode;
}

const LOOK_EVERY_MS = 2_000;
const NEAR_ITS_END_MS = 30 * 24 * 3_600_000;

/**
 * With what a gateway shows itself over TLS, and whom it trusts. New files are taken over while it runs; ones that do not fit
 * together are said and not taken over.
 */
export class TlsIdentity {
  private readonly logger = new Logger(TlsIdentity.name);
  private readonly listeners: ((context: SecureContextOptions) => void)[] = [];
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly files: TlsFiles,
    private readonly purpose: TlsPurpose,
    private readonly alarms: Alarms,
    private context: Pem,
  ) {}

  /** Rejects when a file is not there, or when they do not fit together. */
  static async open(files: TlsFiles, purpose: TlsPurpose, alarms: Alarms): Promise<TlsIdentity> {
    const identity = new TlsIdentity(files, purpose, alarms, await readPem(files));
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
    const { name, filesInvalid } = this.purpose;
    this.watchEnd();
    try {
      const found = await readPem(this.files);
      this.alarms.clear(filesInvalid);
      if (JSON.stringify(found) === JSON.stringify(this.context)) return;
      this.context = found;
      this.watchEnd();
      this.logger.log(`The certificate for ${name} was changed`);
      for (const listener of this.listeners) listener(found);
    } catch (error) {
      this.alarms.raise(filesInvalid, { problem: error instanceof Error ? error.message : String(error) });
    }
  }

  private watchEnd(): void {
    const { validToDate } = new X509Certificate(this.context.cert);
    const isNear = validToDate.getTime() - Date.now() < NEAR_ITS_END_MS;
    this.alarms.set(this.purpose.certificateEnds, isNear, { endsAt: validToDate.toISOString() });
  }
}

interface Pem {
  readonly key: string;
  readonly cert: string;
  readonly ca?: string;
}

async function readPem({ key, certificate, authorities }: TlsFiles): Promise<Pem> {
  const [keyPem, cert] = await Promise.all([readFile(key, 'utf8'), readFile(certificate, 'utf8')]);
  const ca = authorities === undefined ? {} : { ca: await readFile(authorities, 'utf8') };
  const pem = { key: keyPem, cert, ...ca };
  // Throws when the key is not the certificate's.
  createSecureContext(pem);
  return pem;
}
