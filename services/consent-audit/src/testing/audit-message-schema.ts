import type { Element } from './read-xml.js';

/** What an element may hold: attributes by pattern, a `?` behind the name of one that may be missing; children in their order; text. */
interface Rule {
  readonly attributes?: Readonly<Record<string, RegExp>>;
  readonly children?: readonly (readonly [element: string, atLeast: number, atMost: number])[];
  readonly text?: RegExp;
}

const MANY = Number.POSITIVE_INFINITY;
const BASE64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const CODED: Rule = { attributes: { 'csd-code': /./, codeSystemName: /./, 'displayName?': /./, originalText: /./ } };
const upTo = (last: number) => new RegExp(`^(${Array.from({ length: last }, (_, n) => n + 1).join('|')})$`);

/** The schema of audit messages (DICOM PS3.15 A.5.1, RELAX NG), as far as it is elements, attributes and enumerations. */
const RULES: Readonly<Record<string, Rule>> = {
  AuditMessage: {
    children: [
      ['EventIdentification', 1, 1],
      ['ActiveParticipant', 1, MANY],
      ['AuditSourceIdentification', 1, 1],
      ['ParticipantObjectIdentification', 0, MANY],
    ],
  },
  EventIdentification: {
    attributes: {
      'EventActionCode?': /^[CRUDE]$/,
      EventDateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
      EventOutcomeIndicator: /^(0|4|8|12)$/,
    },
    children: [
      ['EventID', 1, 1],
      ['EventTypeCode', 0, MANY],
      ['EventOutcomeDescription', 0, 1],
    ],
  },
  EventID: CODED,
  EventTypeCode: CODED,
  EventOutcomeDescription: { text: /./ },
  ActiveParticipant: {
    attributes: {
      UserID: /./,
      'AlternativeUserID?': /./,
      'UserName?': /./,
      UserIsRequestor: /^(true|false)$/,
      'NetworkAccessPointID?': /./,
      'NetworkAccessPointTypeCode?': upTo(5),
    },
    children: [['RoleIDCode', 0, MANY]],
  },
  RoleIDCode: CODED,
  AuditSourceIdentification: {
    attributes: { 'AuditEnterpriseSiteID?': /./, AuditSourceID: /./ },
    children: [['AuditSourceTypeCode', 0, MANY]],
  },
  AuditSourceTypeCode: { attributes: { 'csd-code': upTo(9) } },
  ParticipantObjectIdentification: {
    attributes: {
      ParticipantObjectID: /./,
      'ParticipantObjectTypeCode?': upTo(4),
      'ParticipantObjectTypeCodeRole?': upTo(26),
      'ParticipantObjectDataLifeCycle?': upTo(15),
    },
    children: [
      ['ParticipantObjectIDTypeCode', 1, 1],
      ['ParticipantObjectName', 1, 1],
      ['ParticipantObjectDetail', 0, MANY],
    ],
  },
  ParticipantObjectIDTypeCode: CODED,
  ParticipantObjectName: { text: /./ },
  ParticipantObjectDetail: { attributes: { type: /./, value: BASE64 } },
};

/** What of an audit message breaks its schema; nothing when it keeps it. */
export function schemaFaults(element: Element, at = element.name): string[] {
  const rule = RULES[element.name];
  if (rule === undefined) return [`${at}: no such element`];
  const { attributes = {}, children = [], text = /^$/ } = rule;
  return [
    ...attributeFaults(element, attributes, at),
    ...childFaults(element, children, at),
    ...(text.test(element.text) ? [] : [`${at}: text "${element.text}"`]),
    ...element.children.flatMap((child) => schemaFaults(child, `${at}/${child.name}`)),
  ];
}

function attributeFaults(element: Element, wanted: NonNullable<Rule['attributes']>, at: string): string[] {
  const patterns = new Map(Object.entries(wanted).map(([name, pattern]) => [name.replace('?', ''), pattern]));
  const missing = Object.keys(wanted).filter((name) => !name.endsWith('?') && !(name in element.attributes));
  const wrong = Object.entries(element.attributes).filter(([name, value]) => !patterns.get(name)?.test(value));
  return [...missing.map((name) => `${at}: no ${name}`), ...wrong.map(([name, value]) => `${at}: ${name}="${value}"`)];
}

function childFaults(element: Element, wanted: NonNullable<Rule['children']>, at: string): string[] {
  const order = wanted.map(([name]) => name);
  const places = element.children.map(({ name }) => order.indexOf(name));
  const counted = wanted.filter(([name, atLeast, atMost]) => {
    const count = element.children.filter((child) => child.name === name).length;
    return count < atLeast || count > atMost;
  });
  const isInOrder = places.every((place, n) => place >= (places[n - 1] ?? 0));
  return [...counted.map(([name]) => `${at}: so many ${name}`), ...(isInOrder ? [] : [`${at}: another order`])];
}
