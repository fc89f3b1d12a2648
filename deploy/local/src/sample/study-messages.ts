import { type Charset, encodeText } from '@yinglian/hl7';
import { SAMPLE_ITEMS } from './exam-items.js';
import { birthDateOf } from './people.js';
import { reportPdf } from './report-pdf.js';
import type { SampleStudy } from './studies.js';

/** What HIS says before a sample study is made, and RIS after it: a visit, an order, a report. Each is the same each time. */
export interface StudyMessages {
  readonly before: readonly Buffer[];
  readonly after: readonly Buffer[];
}

export function messagesOf(study: SampleStudy, studyInstanceUid: string, today: Date): StudyMessages {
  const charset: Charset = study.characterSet === 'GB18030' ? 'gb18030' : 'utf-8';
  const day = new Date(today.getTime() - study.daysAgo * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const time = (minutes: number) => `${day}${clock(study.time, minutes)}`;
  const encoded = (...segments: string[]) => encodeText(segments.map((each) => `${each}\r`).join(''), charset);
  const header = (application: string, type: string, at: string) =>
    segment('MSH', {
      2: application,
      3: study.hospital,
      4: 'GATEWAY',
      5: study.hospital,
      6: at,
      8: type,
      9: `${type.slice(0, 3)}${study.accessionNumber}`,
      10: 'P',
      11: '2.4',
      17:
        study.hospital === 'H003'
          ? ''
          : { 'utf-8': 'UNICODE UTF-8', gb18030: 'GB 18030-2000', 'us-ascii': '' }[charset],
    }).replace('MSH|', 'MSH|^~\\&');
  const patient = segment('PID', {
    1: '1',
    3: study.patientId,
    5: study.patientName.split('=').join('~'),
    7: birthDateOf(study.person),
    8: study.person.sex,
    13: study.person.phone ?? '',
    19: study.person.residentId,
  });
  const visit = segment('PV1', {
    1: '1',
    2: study.description.includes('体检') ? '3' : '1',
    3: 'RAD',
    19: `V${study.accessionNumber}`,
  });
  const order = (control: string) => segment('ORC', { 1: control, 2: `SQ${study.accessionNumber}`, 9: time(-60) });
  const exam = segment('OBR', {
    1: '1',
    2: `SQ${study.accessionNumber}`,
    4: `${SAMPLE_ITEMS[study.description]?.localCode ?? ''}^${study.description}`,
    7: time(0),
    18: study.accessionNumber,
    22: time(90),
    25: 'F',
  });
  const said = study.report.map(({ title, text }, index) =>
    segment('OBX', { 1: String(index + 1), 2: 'TX', 3: title, 5: text, 11: 'F' }),
  );
  const pdf = segment('OBX', {
    1: String(said.length + 1),
    2: 'ED',
    3: 'PDF',
    5: ['', 'AP', 'PDF', 'Base64', reportPdf(study.accessionNumber).toString('base64')].join('^'),
    11: 'F',
  });
  return {
    before: [
      encoded(header('HIS', 'ADT^A04', time(-90)), segment('EVN', { 1: 'A04', 2: time(-90) }), patient, visit),
      encoded(header('HIS', 'ORM^O01', time(-60)), patient, visit, order('NW'), exam),
    ],
    after: [
      encoded(
        header('RIS', 'ORU^R01', time(90)),
        patient,
        order('RE'),
        exam,
        segment('ZDS', { 1: studyInstanceUid }),
        ...said,
        pdf,
      ),
    ],
  };
}

/** A segment with these fields, by their numbers; in MSH they are one less. */
function segment(name: string, fields: Readonly<Record<number, string>>): string {
  const last = Math.max(...Object.keys(fields).map(Number));
  return [name, ...Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')].join('|');
}

/** HHMMSS so many minutes later, within the day. */
function clock(time: string, minutes: number): string {
  const from = Number(time.slice(0, 2)) * 60 + Number(time.slice(2, 4)) + minutes;
  const at = Math.min(Math.max(from, 0), 24 * 60 - 1);
  return `${String(Math.floor(at / 60)).padStart(2, '0')}${String(at % 60).padStart(2, '0')}${time.slice(4)}`;
}
