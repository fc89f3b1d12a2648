/** HL7 v2 messages of an invented HIS and RIS. What is told replaces what stands there. */
let messages = 0;

export interface ToldMessage {
  readonly controlId?: string;
  readonly type?: string;
  readonly application?: string;
  readonly facility?: string;
  readonly time?: string;
  readonly charset?: string;
  readonly patientId?: string;
  readonly name?: string;
  readonly residentId?: string;
  /** Fields of PID by their numbers, in place of those above. */
  readonly pid?: Readonly<Record<number, string>>;
}

/** A segment with these fields, by their numbers. */
const segment = (name: string, fields: Readonly<Record<number, string>>): string => {
  const last = Math.max(...Object.keys(fields).map(Number));
  return [name, ...Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')].join('|');
};

const header = (type: string, { controlId, application = 'HIS', facility = 'H1', time, charset }: ToldMessage) => {
  messages += 1;
  const id = controlId ?? `M${messages}`;
  return `MSH|^~\\&|${application}|${facility}|GW|P|${time ?? '20261124101500'}||${type}|${id}|P|2.4|||||CHN|${charset ?? 'UNICODE UTF-8'}`;
};

const pid = ({ patientId = 'ZY1', name = '沈^清秋', residentId = '', pid: fields = {} }: ToldMessage) =>
  segment('PID', { 1: '1', 3: `${patientId}^^^H1`, 5: name, 7: '19850312', 8: '2', 19: residentId, ...fields });

const text = (...segments: string[]) => segments.map((segment) => `${segment}\r`).join('');

/** A01, A03, A04, A08 or A11 of a visit. */
export const visit = (trigger: string, told: ToldMessage & { visit?: string; patientClass?: string } = {}): string =>
  text(
    header(`ADT^${trigger}`, told),
    `EVN|${trigger}|${told.time ?? '20261124101500'}`,
    pid(told),
    segment('PV1', { 1: '1', 2: told.patientClass ?? 'I', 3: 'RES^12^01', 19: told.visit ?? 'V1' }),
  );

export const merge = (merged: string, told: ToldMessage = {}): string =>
  text(header('ADT^A40', told), 'EVN|A40|20261124110000', pid(told), `MRG|${merged}^^^H1`);

/** I12, I13 or I14 of a referral to these hospitals. */
export const referral = (
  trigger: string,
  told: ToldMessage & { status?: string; number?: string; to?: readonly string[]; ends?: string } = {},
): string =>
  text(
    header(`REF^${trigger}`, told),
    segment('RF1', { 1: told.status ?? 'A', 6: told.number ?? 'ZZ1', 7: '20261124', 8: told.ends ?? '' }),
    segment('PRD', { 1: 'RP^Referring Provider^HL70286', 4: '^^^H001' }),
    ...(told.to ?? ['H002']).map((to) => segment('PRD', { 1: 'RT^Referred to Provider^HL70286', 4: `RES^^^${to}` })),
    pid(told),
  );

export interface ToldOrder extends ToldMessage {
  readonly control?: string;
  readonly placer?: string;
  readonly filler?: string;
  readonly accession?: string;
  readonly item?: string;
  /** HL7 table 0485: S is at once, R as usual. */
  readonly priority?: string;
}

const obr = ({ placer = 'SQ1', filler = '', accession = 'CT1', item = 'CT0102' }: ToldOrder) =>
  segment('OBR', {
    1: '1',
    2: placer,
    3: filler,
    4: `${item}^胸部CT平扫`,
    6: '20261124100000',
    7: '20261124110000',
    18: accession,
    22: '20261124120000',
    24: 'CT',
    25: 'F',
  });

/** ORM^O01, or OMI^O23 when that is the type. */
export const order = (told: ToldOrder = {}): string =>
  text(
    header(told.type ?? 'ORM^O01', { application: 'HIS', ...told }),
    pid(told),
    segment('PV1', { 1: '1', 2: 'O', 3: 'RES', 19: 'V1' }),
    segment('ORC', {
      1: told.control ?? 'NW',
      2: told.placer ?? 'SQ1',
      3: told.filler ?? '',
      7: `^^^^^${told.priority ?? 'S'}`,
      9: '20261124100000',
    }),
    obr(told),
  );

/** ORU^R01 with these observations. */
export const report = (observations: readonly string[], told: ToldOrder = {}): string =>
  text(header('ORU^R01', { application: 'RIS', ...told }), pid(told), obr({ filler: 'R1', ...told }), ...observations);
