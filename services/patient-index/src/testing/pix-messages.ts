/** Messages of invented systems, as IHE writes PIX and PDQ. What is told replaces what stands there. */
let messages = 0;

export interface ToldHeader {
  readonly sender?: string;
  readonly controlId?: string;
  readonly version?: string;
  readonly charset?: string;
  readonly time?: string;
}

const header = (type: string, told: ToldHeader) => {
  messages += 1;
  const { sender = 'PACS|THREE', controlId = `M${messages}`, version = '2.5', charset, time = '20261124101500' } = told;
  const start = `MSH|^~\\&|${sender}|PIX|YL|${time}||${type}|${controlId}|P|${version}`;
  return charset === undefined ? start : `${start}||||||${charset}`;
};

const text = (...segments: string[]) => segments.map((segment) => `${segment}\r`).join('');

export interface ToldPatient extends ToldHeader {
  /** PID-3 */
  readonly ids: string;
  readonly name?: string;
  readonly birthDate?: string;
  readonly sex?: string;
  readonly residentId?: string;
}

const pid = ({ ids, name = '', birthDate = '', sex = '', residentId = '' }: ToldPatient) =>
  `PID|||${ids}||${name}||${birthDate}|${sex}|||||||||||${residentId}`;

/** A01, A04, A05 or A08 as ITI-8 has them, in HL7 2.3.1. */
export const feed = (trigger: string, told: ToldPatient): string => {
  const of = { sender: 'HIS|ONE', version: '2.3.1', ...told };
  return text(header(`ADT^${trigger}`, of), `EVN|${trigger}|${told.time ?? '20261124101500'}`, pid(of), 'PV1||O');
};

/** A40: PID goes on, MRG is given up. */
export const merge = (merged: string, told: ToldPatient): string => {
  const of = { sender: 'HIS|ONE', version: '2.3.1', ...told };
  return text(header('ADT^A40^ADT_A39', of), 'EVN|A40|20261124111500', pid(of), `MRG|${merged}`);
};

/** ITI-9: which other numbers, of these domains (all when there are none). */
export const pixQuery = (id: string, domains = '', told: ToldHeader = {}): string =>
  text(header('QBP^Q23^QBP_Q21', told), `QPD|IHE PIX Query|Q1|${id}|${domains}`, 'RCP|I');

/** ITI-21: by these QPD-3. */
export const pdqQuery = (
  parameters: string,
  {
    quantity = '',
    pointer,
    domains = '',
    ...told
  }: ToldHeader & { quantity?: string; pointer?: string; domains?: string } = {},
): string =>
  text(
    header('QBP^Q22^QBP_Q21', told),
    `QPD|IHE PDQ Query|Q2|${parameters}|||||${domains}`,
    `RCP|I|${quantity}`,
    ...(pointer === undefined ? [] : [`DSC|${pointer}|I`]),
  );

export const cancel = (told: ToldHeader = {}): string => text(header('QCN^J01^QCN_J01', told), 'QID|Q2|IHE PDQ Query');

export const other = (type: string, told: ToldHeader = {}): string => text(header(type, told), 'EVN||20261124101500');
