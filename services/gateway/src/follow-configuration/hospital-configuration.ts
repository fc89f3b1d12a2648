import { readFile } from 'node:fs/promises';
import { Logger } from '@nestjs/common';
import { AeTitle, HospitalCode, HospitalPixels, UploadDeadline } from '@yinglian/contracts';
import { z } from 'zod';
import type { ProvinceClient } from '../province/province.client.js';
import { replaceFile } from '../storage/replace-file.js';

/** What the directory says of a hospital's gateway. */
export const GatewayConfiguration = z.object({
  hospital: HospitalCode,
  name: z.string(),
  aeTitle: AeTitle,
  callingAeTitles: z.array(AeTitle),
  uploadDeadlines: z.array(UploadDeadline).default([]).describe('Until when the province is to have exams'),
  pixels: HospitalPixels.default('upload').describe('Whether packs are uploaded at once or when somebody opens them'),
  version: z.union([z.string(), z.number()]).transform(String),
});
export type GatewayConfiguration = z.infer<typeof GatewayConfiguration>;

const Kept = z.object({ etag: z.string().nullable(), configuration: GatewayConfiguration });
const FIRST_ANSWER_TIMEOUT_MS = 3_000;

/**
 * Asks the directory every few seconds who this gateway is and whom it accepts (ADR 0009), and keeps the answer on disk:
 * a gateway that is cut off goes on with what it knew.
 */
export class HospitalConfiguration {
  private readonly logger = new Logger(HospitalConfiguration.name);
  private kept: z.infer<typeof Kept> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private lastProblem: string | undefined;

  constructor(
    private readonly province: ProvinceClient,
    private readonly hospital: string,
    private readonly file: string,
    private readonly pollMs: number,
  ) {}

  /** Undefined until the first answer ever. */
  get current(): GatewayConfiguration | undefined {
    return this.kept?.configuration;
  }

  /** Reads what was known, and waits a little for the first answer. */
  async start(): Promise<void> {
    this.kept = await readKept(this.file);
    const first = this.poll();
    if (this.kept === undefined) {
      await Promise.race([first, new Promise((wait) => setTimeout(wait, FIRST_ANSWER_TIMEOUT_MS).unref())]);
    }
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private async poll(): Promise<void> {
    try {
      await this.ask();
      this.lastProblem = undefined;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (problem !== this.lastProblem) this.logger.warn(`The directory does not answer: ${problem}`);
      this.lastProblem = problem;
    }
    if (!this.isStopped) this.timer = setTimeout(() => void this.poll(), this.pollMs).unref();
  }

  private async ask(): Promise<void> {
    const etag = this.kept?.etag ?? null;
    const { status, headers, body } = await this.province.get(
      `/api/directory/hospitals/${this.hospital}/gateway-configuration`,
      etag === null ? {} : { 'if-none-match': etag },
    );
    if (status === 304) return;
    if (status !== 200) throw new Error(`status ${status}`);
    const configuration = GatewayConfiguration.parse(JSON.parse(body));
    if (configuration.hospital !== this.hospital) throw new Error('The configuration is of another hospital');
    this.kept = { etag: headers.etag ?? null, configuration };
    await replaceFile(this.file, JSON.stringify(this.kept));
    this.logger.log(`Configuration ${configuration.version}: ${configuration.callingAeTitles.length} AE titles`);
  }
}

async function readKept(file: string): Promise<z.infer<typeof Kept> | undefined> {
  try {
    return Kept.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
