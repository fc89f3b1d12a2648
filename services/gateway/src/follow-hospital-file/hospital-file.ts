import { readFile } from 'node:fs/promises';
import { Logger } from '@nestjs/common';
import type { Alarms } from '../alarms/alarms.js';
import { type HospitalSettings, parseHospitalSettings } from './hospital-settings.js';

const LOOK_EVERY_MS = 2_000;

/**
 * The hospital's own settings, from a file that its IT staff edit. A gateway does not start with a file that is wrong; while
 * it runs, changes are followed, and a wrong one is said and not taken over.
 */
export class HospitalFile {
  private readonly logger = new Logger(HospitalFile.name);
  private readonly listeners: ((settings: HospitalSettings) => void)[] = [];
  private text: string;
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly path: string | undefined,
    private readonly alarms: Alarms,
    private settings: HospitalSettings,
    text: string,
  ) {
    this.text = text;
  }

  /** Without a file everything is as the presets say. Rejects when the file is not there or wrong. */
  static async open(path: string | undefined, alarms: Alarms): Promise<HospitalFile> {
    if (path === undefined) return new HospitalFile(path, alarms, parseHospitalSettings('{}'), '');
    const text = await readFile(path, 'utf8');
    try {
      return new HospitalFile(path, alarms, parseHospitalSettings(text), text);
    } catch (error) {
      throw new Error(`The hospital's file ${path} is wrong: ${messageOf(error)}`, { cause: error });
    }
  }

  get current(): HospitalSettings {
    return this.settings;
  }

  /** Called after each change that was taken over. */
  onChange(listener: (settings: HospitalSettings) => void): void {
    this.listeners.push(listener);
  }

  start(): void {
    if (this.path === undefined) return;
    const { path } = this;
    const look = async () => {
      await this.look(path);
      this.timer?.refresh();
    };
    this.timer = setTimeout(() => void look(), LOOK_EVERY_MS).unref();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async look(path: string): Promise<void> {
    try {
      const text = await readFile(path, 'utf8');
      if (text === this.text) return;
      this.text = text;
      this.settings = parseHospitalSettings(text);
      this.alarms.clear('HOSPITAL_FILE_INVALID');
      this.logger.log('The hospital’s file was changed');
      for (const listener of this.listeners) listener(this.settings);
    } catch (error) {
      this.alarms.raise('HOSPITAL_FILE_INVALID', { problem: messageOf(error) });
    }
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
