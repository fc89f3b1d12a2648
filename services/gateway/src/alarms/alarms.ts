import { Injectable, Logger } from '@nestjs/common';
import { ALARMS, type AlarmCode } from './alarm-codes.js';

export interface Alarm {
  readonly code: AlarmCode;
  readonly severity: 'error' | 'warning';
  readonly since: string;
  /** What an operator needs beside the code: names of links, devices, files, numbers. Never patient data. */
  readonly details: Readonly<Record<string, string | number>>;
}

/** What is wrong now. An alarm is raised while its cause lasts and cleared by the same use case; both are logged once. */
@Injectable()
export class Alarms {
  private readonly logger = new Logger(Alarms.name);
  private readonly raised = new Map<AlarmCode, Alarm>();

  /** Raising it again only renews the details. */
  raise(code: AlarmCode, details: Alarm['details'] = {}): void {
    const known = this.raised.get(code);
    const since = known?.since ?? new Date().toISOString();
    this.raised.set(code, { code, severity: ALARMS[code], since, details });
    if (known === undefined) this.logger.warn({ code, ...details }, 'Alarm');
  }

  clear(code: AlarmCode): void {
    if (this.raised.delete(code)) this.logger.log({ code }, 'Alarm over');
  }

  /** For causes that are looked at again and again. */
  set(code: AlarmCode, isWrong: boolean, details: Alarm['details'] = {}): void {
    if (isWrong) this.raise(code, details);
    else this.clear(code);
  }

  /** Errors first, then the oldest. */
  list(): Alarm[] {
    return [...this.raised.values()].sort(
      (one, other) => one.severity.localeCompare(other.severity) || one.since.localeCompare(other.since),
    );
  }
}
