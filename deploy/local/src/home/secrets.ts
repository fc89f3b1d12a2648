import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeJson } from './atomic-file.js';

const SecretsFile = z.record(z.string(), z.string());

/** Random passwords and keys by name, made when first asked for and kept in a file that only its owner may read. */
export class Secrets {
  private readonly path: string;
  private readonly secrets: Record<string, string>;

  constructor(home: string) {
    this.path = join(home, 'secrets.json');
    this.secrets = SecretsFile.parse(readJson(this.path) ?? {});
  }

  /** 144 bits as 24 letters, digits, - and _. */
  of(name: string): string {
    return this.secrets[name] ?? this.keep(name, randomBytes(18).toString('base64url'));
  }

  known(name: string): string | undefined {
    return this.secrets[name];
  }

  keep(name: string, secret: string): string {
    this.secrets[name] = secret;
    writeJson(this.path, this.secrets);
    return secret;
  }
}
