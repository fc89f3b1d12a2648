import { type CtSeries, ctSeries, fileOf } from '@yinglian/testing';
import type { Answer, RegistryService } from './registry-service.js';

/** The same file with another text of as many bytes in its header. */
export function withText(file: Buffer, from: string, to: string): Buffer {
  const copy = Buffer.from(file);
  copy.write(to, copy.indexOf(from), 'utf8');
  return copy;
}

/** The same file with another last sample. */
export function withPixel(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 0x55;
  return copy;
}

export function never(): never {
  throw new Error('There is no such file');
}

/** What a steward does, and what comes of it. */
export class Steward {
  constructor(private readonly registry: RegistryService) {}

  async ask(method: string, path: string, body?: object): Promise<Answer> {
    const token = await this.registry.issuer.personToken({
      subject: 'the.steward',
      roles: ['steward'],
      hospital: null,
    });
    return this.registry.ask(method, `/api/study-registry/quarantine${path}`, {
      headers: {
        authorization: `Bearer ${token}`,
        'x-purpose-of-use': 'HOPERAT',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
    });
  }

  decide(caseId: string, decision: string, version: number, note = 'PACS 重发，姓名已更正'): Promise<Answer> {
    return this.ask('POST', `/${caseId}/decisions`, { decision, version, note });
  }

  async casesOf({ studyInstanceUid }: CtSeries, state = 'open') {
    const { json } = await this.ask('GET', `?limit=100&state=${state}`);
    return json.cases.filter((listed: { studyInstanceUid: string }) => listed.studyInstanceUid === studyInstanceUid);
  }

  /** What is registered of a series, as a clinician of its hospital gets it. */
  async shown({ studyInstanceUid, seriesInstanceUid }: CtSeries): Promise<Buffer> {
    const { body } = await this.registry.get(
      `/dicom-web/studies/${studyInstanceUid}/series/${seriesInstanceUid}`,
      'multipart/related; type="application/dicom"; transfer-syntax=*',
    );
    return body;
  }

  async nameOf({ studyInstanceUid }: CtSeries) {
    return (await this.registry.find(`/studies?StudyInstanceUID=${studyInstanceUid}`))[0]?.['00100010']?.Value;
  }

  async updatesOf({ studyInstanceUid }: CtSeries) {
    return (await this.registry.events('studies'))
      .filter(({ data }) => data.studyInstanceUid === studyInstanceUid)
      .map(({ type, data }) => [type, data.version, data.instances]);
  }

  /** Two slices, sent again with a corrected name; the second one with another pixel as well. */
  async correctedName() {
    const series = ctSeries(2);
    const files = series.slices.map(fileOf);
    await this.registry.store('H001', files);
    const others = files.map((file, at) => {
      const corrected = withText(file, '病人', '王人');
      return at === 1 ? withPixel(corrected) : corrected;
    });
    await this.registry.store('H001', others);
    const [listed] = await this.casesOf(series);
    return { series, files, others, caseId: String(listed?.caseId) };
  }
}
