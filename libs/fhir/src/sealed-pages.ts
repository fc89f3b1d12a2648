import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { failure, type Result, success } from '@yinglian/platform';
import { z } from 'zod';
import { searchProblems } from './search.errors.js';
import type { SearchParameter } from './search-parameter.js';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

const Page = z.array(z.object({ name: z.string(), modifier: z.string().nullable(), values: z.array(z.string()) }));

/** The rest of a search as text for an address: it says nothing to who sees it, and cannot be made up. */
export class SealedPages {
  private key: Promise<Buffer> | undefined;

  /** @param readKey gives 32 random bytes, the same in all processes of a service */
  constructor(private readonly readKey: () => Promise<Buffer>) {}

  async seal(parameters: readonly SearchParameter[]): Promise<string> {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, await this.theKey(), iv);
    const sealed = [cipher.update(JSON.stringify(parameters), 'utf8'), cipher.final()];
    return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString('base64url');
  }

  /**
   * Parameters of a search, or of a further page, which is searched by what its link has sealed and by nothing else. Failures:
   * PARAMETER_INVALID.
   * @param place the parameter that says where a page begins, which a link alone may set
   */
  async read(given: readonly SearchParameter[], place: string): Promise<Result<readonly SearchParameter[]>> {
    const page = given.find(({ name }) => name === '_page');
    if (page === undefined) return success(given.filter(({ name }) => name !== place));
    const opened = await this.open(page.values.join(','));
    return opened === null
      ? failure(searchProblems.PARAMETER_INVALID, '_page is not of a link that was given here')
      : success(opened);
  }

  /** Null for what was not sealed here. */
  private async open(text: string): Promise<SearchParameter[] | null> {
    const bytes = Buffer.from(text, 'base64url');
    if (bytes.length <= IV_BYTES + TAG_BYTES) return null;
    const decipher = createDecipheriv(CIPHER, await this.theKey(), bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    try {
      const opened = [decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()];
      return Page.parse(JSON.parse(Buffer.concat(opened).toString('utf8')));
    } catch {
      return null;
    }
  }

  private theKey(): Promise<Buffer> {
    this.key ??= this.readKey().catch((error: unknown) => {
      this.key = undefined;
      throw error;
    });
    return this.key;
  }
}
