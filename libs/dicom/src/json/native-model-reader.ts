import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import type { DicomJson, DicomJsonElement } from './dicom-json.js';
import { JsonModelError } from './json-model-error.js';
import { isOfAnyBlock, placeInBlock } from './private-blocks.js';

type Attributes = Readonly<Record<string, string>>;

/** An element of the XML that is open. */
interface Open {
  /** One within; undefined when there may be none of that name. */
  within(name: string, attributes: Attributes): Open | undefined;
  /** It is closed. Who has none has no text but blanks. */
  take?(text: string): void;
  end?(): void;
}

const ROOT = 'NativeDicomModel';
const GROUPS = new Set(['Alphabetic', 'Ideographic', 'Phonetic']);
/** Of a PN value's component group, in their order (PS3.19 table A.1.5-2). */
const COMPONENTS = ['FamilyName', 'GivenName', 'MiddleName', 'NamePrefix', 'NameSuffix'];
const TAG = /^[0-9A-Fa-f]{8}$/;
/** More than anybody writes one by one: a number makes no room for values that never come. */
const MOST_VALUES = 1_000_000;
const DEEPEST = 200;
const LONGEST_DECLARATION = 200;
/** XML Schema part 2 section 3.2.4. */
const NOT_FINITE: Readonly<Record<string, string>> = { INF: 'Infinity', '-INF': '-Infinity', NaN: 'NaN' };

/**
 * Reads a data set in the Native DICOM Model (PS3.19 section A.1), whose XML comes in pieces, into the DICOM JSON model (PS3.18 annex F). What
 * its values are is for who writes it. There are no document types, so that no text stands for another; names are known with a namespace and
 * without.
 */
export class NativeModelReader {
  /** As far as it was read. */
  readonly dataSet: DicomJson = {};
  private readonly parser = new SaxesParser({ xmlns: false });
  private readonly open: Open[] = [];
  private readonly texts: string[] = [];
  private head: Buffer | undefined = Buffer.alloc(0);
  private decoder = new TextDecoder('utf-8', { fatal: true });
  private isWhole = false;

  constructor() {
    this.parser.on('error', () => broken());
    this.parser.on('doctype', () => broken());
    this.parser.on('opentag', ({ name, attributes }) => this.begin(localName(name), attributes));
    this.parser.on('text', (text) => this.say(text));
    this.parser.on('cdata', (text) => this.say(text));
    this.parser.on('closetag', () => this.end());
  }

  /** @throws JsonModelError when it is no such XML */
  write(piece: Buffer): void {
    const bytes = this.head === undefined ? piece : Buffer.concat([this.head, piece]);
    if (this.head !== undefined) {
      this.head = isDeclared(bytes) ? undefined : bytes;
      if (this.head !== undefined) return;
      this.decoder = decoderOf(bytes);
    }
    this.parser.write(this.text(bytes, true));
  }

  /** All of it came. @throws JsonModelError when it is not whole */
  close(): void {
    const rest = this.head ?? Buffer.alloc(0);
    this.head = undefined;
    this.parser.write(this.text(rest, false)).close();
    if (!this.isWhole) broken();
  }

  private text(bytes: Buffer, stream: boolean): string {
    try {
      return this.decoder.decode(bytes, { stream });
    } catch {
      return broken();
    }
  }

  private begin(name: string, attributes: Attributes): void {
    const above = this.open.at(-1);
    const begun = above === undefined ? this.beginRoot(name) : above.within(name, attributes);
    if (begun === undefined || this.open.length >= DEEPEST) broken();
    this.open.push(begun);
    this.texts.push('');
  }

  private beginRoot(name: string): Open | undefined {
    return name === ROOT && !this.isWhole ? openDataSet(this.dataSet) : undefined;
  }

  private say(text: string): void {
    const at = this.texts.length - 1;
    if (this.open[at]?.take === undefined) {
      if (/\S/.test(text)) broken();
    } else this.texts[at] += text;
  }

  private end(): void {
    const [ended, text = ''] = [this.open.pop(), this.texts.pop()];
    ended?.take?.(text);
    ended?.end?.();
    this.isWhole = this.open.length === 0;
  }
}

function openDataSet(dataSet: DicomJson): Open {
  const ofCreators: { readonly tag: string; readonly creator: string; readonly element: DicomJsonElement }[] = [];
  return {
    within(name, { tag: written = '', vr = '', privateCreator: creator }) {
      if (name !== 'DicomAttribute' || !TAG.test(written)) return undefined;
      const tag = written.toUpperCase();
      const element: DicomJsonElement = { vr };
      if (creator !== undefined && isOfAnyBlock(tag)) ofCreators.push({ tag, creator, element });
      else if (Object.hasOwn(dataSet, tag)) throw twice(tag);
      else dataSet[tag] = element;
      return openElement(element);
    },
    // Whoever sorts by tags has a creator behind what it created.
    end() {
      for (const { tag, creator, element } of ofCreators) {
        if (!placeInBlock(dataSet, tag, creator, element)) throw twice(tag);
      }
    },
  };
}

const twice = (tag: string) => new JsonModelError(`${tag} comes twice`);

function openElement(element: DicomJsonElement): Open {
  const values = () => {
    element.Value ??= [];
    return element.Value;
  };
  return {
    within(name, { number, uri }) {
      if (name === 'Value') return openText((text) => place(values(), number, writtenValue(element.vr, text)));
      if (name === 'PersonName') {
        const groups: Record<string, string> = {};
        place(values(), number, groups);
        return openName(groups);
      }
      if (name === 'Item') {
        const item: DicomJson = {};
        place(values(), number, item);
        return openDataSet(item);
      }
      if (name === 'InlineBinary') {
        return openText((text) => {
          element.InlineBinary = text.replace(/\s+/g, '');
        });
      }
      if (name !== 'BulkData' || uri === undefined) return undefined;
      element.BulkDataURI = uri;
      return NOTHING;
    },
  };
}

/** Component groups of a PN value. */
function openName(groups: Record<string, string>): Open {
  return {
    within(group) {
      if (!GROUPS.has(group)) return undefined;
      const components: string[] = [];
      const write = () => {
        groups[group] = Array.from(components, (component) => component ?? '').join('^');
      };
      return {
        within(name) {
          const at = COMPONENTS.indexOf(name);
          return at < 0
            ? undefined
            : openText((text) => {
                components[at] = text;
                write();
              });
        },
      };
    },
  };
}

const openText = (take: (text: string) => void): Open => ({ within: () => undefined, take });
const NOTHING: Open = { within: () => undefined };

/** Numbers begin at 1 and rise; what is left out between them is empty. */
function place(values: unknown[], number: string | undefined, value: unknown): void {
  const at = number === undefined ? values.length : Number(number) - 1;
  if (!Number.isInteger(at) || at < values.length || at >= MOST_VALUES) broken();
  while (values.length < at) values.push(null);
  values.push(value);
}

function writtenValue(vr: string, text: string): unknown {
  if (text === '') return null;
  if (vr !== 'FL' && vr !== 'FD') return text;
  return NOT_FINITE[text.trim()] ?? Number(text);
}

/** Whether its first bytes tell the encoding. */
const isDeclared = (bytes: Buffer): boolean =>
  bytes.length >= LONGEST_DECLARATION || bytes.includes('?>') || !'<?xml'.startsWith(bytes.toString('latin1', 0, 5));

/** By its XML declaration; UTF-8 without one (XML 1.0 section 4.3.3). */
function decoderOf(bytes: Buffer): TextDecoder {
  const declaration = bytes.toString('latin1', 0, LONGEST_DECLARATION);
  const [, encoding = 'utf-8'] = /^<\?xml [^>]*?encoding=["']([\w.:-]{1,40})["']/.exec(declaration) ?? [];
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    return broken();
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function broken(): never {
  throw new JsonModelError('This is no data set in the Native DICOM Model');
}
