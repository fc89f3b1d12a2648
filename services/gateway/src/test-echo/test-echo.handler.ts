import { Injectable } from '@nestjs/common';
import { COMMAND, NotAnsweredError, type RequestedAssociation, STATUS, VERIFICATION } from '@yinglian/dicom';
import { failure, type Result, success } from '@yinglian/platform';
import { DeviceBook } from '../admit-devices/device-book.js';
import { DeviceAway, DeviceCaller } from '../call-devices/device-caller.js';
import { pageProblems } from '../gateway.errors.js';
import { type EchoOutcome, whyAway } from './echo-outcome.js';

/** A person waits for it. */
const PATIENCE_MS = 8_000;

/** Sends a C-ECHO (PS3.4 annex A) from the gateway to a device of the hospital. */
@Injectable()
export class TestEchoHandler {
  constructor(
    private readonly devices: DeviceBook,
    private readonly caller: DeviceCaller,
  ) {}

  async execute(aeTitle: string): Promise<Result<EchoOutcome>> {
    const device = this.devices.list().find((each) => each.aeTitle === aeTitle);
    if (device === undefined) return failure(pageProblems.DEVICE_NOT_FOUND);
    if (device.host === undefined) return failure(pageProblems.DEVICE_WITHOUT_ADDRESS);
    const startedAt = performance.now();
    const outcome = await this.within(this.echo(aeTitle));
    return success({ ...outcome, ms: Math.round(performance.now() - startedAt) });
  }

  private async echo(aeTitle: string): Promise<Omit<EchoOutcome, 'ms'>> {
    try {
      const association = await this.caller.open({
        aeTitle,
        contexts: [{ abstractSyntax: VERIFICATION }],
        patienceMs: PATIENCE_MS,
      });
      return await verify(association);
    } catch (error) {
      if (error instanceof DeviceAway) return { result: whyAway(error.message), detail: error.message };
      if (error instanceof NotAnsweredError) return { result: 'broken', detail: error.message };
      throw error;
    }
  }

  /** Whatever still comes after that is given up by the association's own timers. */
  private async within(echo: Promise<Omit<EchoOutcome, 'ms'>>): Promise<Omit<EchoOutcome, 'ms'>> {
    const silence = Promise.withResolvers<Omit<EchoOutcome, 'ms'>>();
    const timer = setTimeout(() => silence.resolve({ result: 'silent', detail: null }), PATIENCE_MS);
    return Promise.race([echo, silence.promise]).finally(() => clearTimeout(timer));
  }
}

async function verify(association: RequestedAssociation): Promise<Omit<EchoOutcome, 'ms'>> {
  try {
    if (!association.canSend(VERIFICATION)) return { result: 'notOffered', detail: null };
    const echo = { commandField: COMMAND.echo, sopClassUid: VERIFICATION, abstractSyntax: VERIFICATION };
    const status = await association.send(echo, PATIENCE_MS);
    if (status === STATUS.success) return { result: 'answered', detail: null };
    return { result: 'failed', detail: `Status 0x${status.toString(16).padStart(4, '0')}` };
  } finally {
    void association.release();
  }
}
