import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Obstacle } from '../obstacle.js';
import { readJson, writeJson } from './atomic-file.js';

/** Raised when a home written by this version can no longer be used by older ones. */
const FORMAT = 1;

const HomeFile = z.object({
  format: z.number().int(),
  createdAt: z.iso.datetime(),
  /** Whether the home was made with the sample province; decided once. */
  sample: z.boolean(),
  samplesSent: z.boolean().default(false),
  /** Ports of parts that only this machine talks to, by part; they survive restarts. */
  internalPorts: z.record(z.string(), z.number()).default({}),
  /** A hospital keeps its place, and so its DIMSE and HL7 ports, for ever. */
  hospitals: z.array(z.string()).default([]),
});
type HomeFile = z.infer<typeof HomeFile>;

/** The folder that holds everything one installation knows. */
export class Home {
  private constructor(
    readonly path: string,
    private file: HomeFile,
  ) {}

  /** Opens the home in a folder or makes a new one there. Throws for a home that a newer version wrote. */
  static open(path: string, options: { sample: boolean }): Home {
    const found = readJson(join(path, 'home.json'));
    if (found === undefined) {
      const home = new Home(
        path,
        HomeFile.parse({ format: FORMAT, sample: options.sample, createdAt: new Date().toISOString() }),
      );
      home.change({});
      return home;
    }
    const format = z.object({ format: z.number() }).safeParse(found);
    if (format.success && format.data.format > FORMAT) {
      throw new Obstacle(
        `${path} was written by a newer version (home format ${format.data.format}, this one knows ${FORMAT}): update this checkout, or set YINGLIAN_HOME to another folder.`,
      );
    }
    const file = HomeFile.safeParse(found);
    if (!file.success)
      throw new Obstacle(`${join(path, 'home.json')} is damaged: restore it, or set YINGLIAN_HOME to another folder.`);
    return new Home(path, file.data);
  }

  get sample(): boolean {
    return this.file.sample;
  }

  get createdAt(): string {
    return this.file.createdAt;
  }

  get samplesSent(): boolean {
    return this.file.samplesSent;
  }

  get internalPorts(): Readonly<Record<string, number>> {
    return this.file.internalPorts;
  }

  markSamplesSent(): void {
    this.change({ samplesSent: true });
  }

  rememberPorts(internalPorts: Record<string, number>): void {
    this.change({ internalPorts: { ...this.file.internalPorts, ...internalPorts } });
  }

  /** Hospitals that ever had a gateway here, each in its place. */
  get hospitals(): readonly string[] {
    return this.file.hospitals;
  }

  /** The place of a hospital among all that ever had a gateway here, from 0. */
  placeOf(hospital: string): number {
    const place = this.file.hospitals.indexOf(hospital);
    if (place >= 0) return place;
    this.change({ hospitals: [...this.file.hospitals, hospital] });
    return this.file.hospitals.length - 1;
  }

  /** A folder inside the home that only its owner may enter. */
  folder(...names: string[]): string {
    const path = join(this.path, ...names);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  }

  pathOf(name: string): string {
    return join(this.path, name);
  }

  private change(changes: Partial<HomeFile>): void {
    this.file = { ...this.file, ...changes };
    writeJson(join(this.path, 'home.json'), this.file);
  }
}

/** Makes the folder of a home, empty, or finds it. */
export function makeHomeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    // Passable but not listable: PostgreSQL runs under another account when this one is root.
    chmodSync(path, 0o711);
  } catch (error) {
    throw new Obstacle(
      `${path} cannot be used as the data folder (${error instanceof Error ? error.message : error}): set YINGLIAN_HOME to a folder that can be written.`,
    );
  }
}
