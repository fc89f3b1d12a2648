/** What the sample hospitals' HIS call what they order, and the province's catalogue. Invented. */
export const SAMPLE_ITEMS: Readonly<Record<string, SampleItem>> = {
  胸部CT增强扫描: { localCode: 'CT0103', code: 'CT-CHEST-CE', modality: 'CT', bodyPart: 'CHEST' },
  胸部CT平扫: { localCode: 'CT0102', code: 'CT-CHEST', modality: 'CT', bodyPart: 'CHEST' },
  颅脑MRI平扫: { localCode: 'MR0201', code: 'MR-HEAD', modality: 'MR', bodyPart: 'HEAD' },
  胸部正位: { localCode: 'DR0301', code: 'DX-CHEST-PA', modality: 'DX', bodyPart: 'CHEST' },
  '胸部正位(入职体检)': { localCode: 'DR0309', code: 'DX-CHEST-PA', modality: 'DX', bodyPart: 'CHEST' },
};

export interface SampleItem {
  readonly localCode: string;
  readonly code: string;
  readonly modality: string;
  readonly bodyPart: string;
}

/** Section `hl7` of a sample hospital's file. The county hospital's HIS declares no character set. */
export const sampleHl7 = (hospital: string) => ({
  senders: ['HIS', 'RIS'].map((application) => ({
    application,
    ...(hospital === 'H003' ? { charset: 'gb18030' } : {}),
    codes: { patientClass: { '1': 'outpatient', '2': 'inpatient', '3': 'checkup' } },
    items: Object.fromEntries(
      Object.values(SAMPLE_ITEMS).map(({ localCode, code, modality, bodyPart }) => [
        localCode,
        { code, modality, bodyPart },
      ]),
    ),
  })),
});
