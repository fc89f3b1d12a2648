import { readFile } from 'node:fs/promises';
import { AssigningAuthorities } from './assigning-authorities.js';
import { type PixPartner, type PixSettings, parsePixSettings } from './pix-settings.js';

/** How a message came. */
export interface Arrival {
  readonly isSecure: boolean;
  readonly certificateNames: readonly string[];
}

/** The file of PIX_FILE: who may speak to the patient index, and what numbers are called there. */
export class PixFile {
  readonly authorities: AssigningAuthorities;
  readonly timeZone: string;
  private readonly partners: readonly PixPartner[];

  constructor(settings: PixSettings) {
    this.authorities = new AssigningAuthorities(settings);
    this.timeZone = settings.timeZone;
    this.partners = settings.partners;
  }

  /** Rejects when the file is not there or wrong: the service does not start. */
  static async open(path: string): Promise<PixFile> {
    const text = await readFile(path, 'utf8');
    try {
      return new PixFile(parsePixSettings(text));
    } catch (error) {
      throw new Error(`${path} is wrong: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }

  /** The partner of these names, if it came the way that it has to. A message says who sent it; a certificate proves it. */
  find(application: string, facility: string, { isSecure, certificateNames }: Arrival): PixPartner | undefined {
    return this.partners.find((partner) => {
      if (partner.application !== application || partner.facility !== facility) return false;
      if (partner.certificate === undefined) return !isSecure;
      return isSecure && certificateNames.includes(partner.certificate);
    });
  }
}
