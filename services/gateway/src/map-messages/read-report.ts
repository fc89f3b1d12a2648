import { leafOf, repetitionsOf, type Segment, unescapeText } from '@yinglian/hl7';
import type { EmbeddedDocument, ReportFact } from './facts.js';
import type { FieldReader } from './field-reader.js';
import { readDocument } from './read-document.js';
import { readExam } from './read-exam.js';

const TEXT_TYPES = ['TX', 'FT', 'ST'];
const [VALUE_TYPE, IDENTIFIER, VALUE] = [2, 3, 5];

/** A report: the text of its observations in sections, and the documents in them. */
export function readReport(fields: FieldReader, group: readonly Segment[], recordedAt: string): ReportFact {
  const report = fields.within(group);
  const { sections, documents } = readContent(report);
  const status = report.code('reportStatus') ?? 'preliminary';
  if (sections.length === 0 && documents.length === 0 && status !== 'withdrawn') report.note('REPORT_EMPTY', 'OBX-5');
  const reportedAt = report.instant('reportedAt') ?? recordedAt;
  return {
    kind: 'report',
    ...readExam(report),
    status,
    sections,
    documents,
    reportedAt,
    performedAt: report.instant('performedAt'),
  };
}

/** Observations that follow each other under one name are one section; so are the repetitions of a value. */
function readContent(report: FieldReader) {
  const sections: { title: string; text: string }[] = [];
  const documents: EmbeddedDocument[] = [];
  const { separators } = report.message;
  for (const segment of report.segments.filter(({ name }) => name === 'OBX')) {
    const type = segment.fields[VALUE_TYPE]?.trim() ?? '';
    if (type === 'ED') {
      const document = readDocument(report.message, segment, VALUE);
      if (document === undefined) report.note('DOCUMENT_UNREADABLE', 'OBX-5');
      else documents.push(document);
    } else if (TEXT_TYPES.includes(type)) {
      const [identifier = ''] = repetitionsOf(report.message, segment, IDENTIFIER);
      const title = leafOf(identifier, 2, 1, separators) ?? leafOf(identifier, 1, 1, separators) ?? '';
      append(sections, title.slice(0, 128), textOf(report, segment));
    }
  }
  return { sections, documents };
}

/** Text has no components: a circumflex that a sender forgot to escape is one. */
const textOf = ({ message }: FieldReader, segment: Segment): string =>
  repetitionsOf(message, segment, VALUE)
    .map((line) => (line.trim() === '""' ? '' : unescapeText(line.trim(), message.separators)))
    .join('\n');

function append(sections: { title: string; text: string }[], title: string, text: string): void {
  const last = sections.at(-1);
  if (last?.title === title) last.text += `\n${text}`;
  else if (text !== '') sections.push({ title, text });
}
