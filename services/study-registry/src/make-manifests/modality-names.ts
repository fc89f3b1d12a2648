/** PS3.16, CID 29 and CID 32: what the codes of common modalities mean. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['AR', 'Autorefraction'],
  ['CR', 'Computed Radiography'],
  ['CT', 'Computed Tomography'],
  ['DX', 'Digital Radiography'],
  ['ECG', 'Electrocardiography'],
  ['ES', 'Endoscopy'],
  ['GM', 'General Microscopy'],
  ['IO', 'Intra-oral Radiography'],
  ['IVUS', 'Intravascular Ultrasound'],
  ['KO', 'Key Object Selection'],
  ['MG', 'Mammography'],
  ['MR', 'Magnetic Resonance'],
  ['NM', 'Nuclear Medicine'],
  ['OP', 'Ophthalmic Photography'],
  ['OT', 'Other'],
  ['PR', 'Presentation State'],
  ['PT', 'Positron emission tomography'],
  ['PX', 'Panoramic X-Ray'],
  ['RF', 'Radiofluoroscopy'],
  ['RG', 'Radiographic imaging'],
  ['SC', 'Secondary Capture'],
  ['SEG', 'Segmentation'],
  ['SM', 'Slide Microscopy'],
  ['SR', 'Structured Report Document'],
  ['US', 'Ultrasound'],
  ['XA', 'X-Ray Angiography'],
  ['XC', 'External-camera Photography'],
]);

/** The code itself where it is not among them. */
export const modalityName = (code: string): string => NAMES.get(code) ?? code;
