/**
 * Where facts stand in a message unless a hospital says otherwise: HL7 2.4 to 2.5.1 as Chinese HIS and RIS write it. Of several
 * places the first that has a value counts. PID-19 holds the resident id by habit; OBR-18 the accession number (IHE Radiology).
 * No standard says where RIS counts images: an observation named by the tag of Number of Study Related Instances (PS3.4
 * section C.6.1.1.2) is understood without a mapping. Documents other than the resident id stand in PID-3 with their kind, or in Z
 * segments, whose places only the hospital knows.
 */
export const FIELD_PRESETS = {
  patientId: ['PID-3.1'],
  patientIdIssuer: [],
  patientName: ['PID-5'],
  birthDate: ['PID-7'],
  sex: ['PID-8'],
  residentId: ['PID-19'],
  hiddenResidentId: ['PID-18', 'PID-2', 'PID-4'],
  otherIds: ['PID-3'],
  hongKongMacaoPermit: [],
  taiwanPermit: [],
  permanentResidenceCard: [],
  passport: [],
  healthCard: [],
  insuranceNumber: [],
  militaryId: [],
  birthCertificate: [],
  hospitalNumber: [],
  phones: ['PID-13', 'PID-14'],
  addresses: ['PID-11'],
  motherId: ['PID-21'],
  motherName: ['PID-6'],
  multipleBirth: ['PID-24'],
  birthOrder: ['PID-25'],
  mergedPatientId: ['MRG-1.1'],
  mergedPatientIdIssuer: [],
  recordedAt: ['EVN-6', 'EVN-2', 'MSH-7'],
  visitNumber: ['PV1-19', 'PID-18'],
  patientClass: ['PV1-2'],
  department: ['PV1-3'],
  startedAt: ['PV1-44'],
  endedAt: ['PV1-45'],
  orderControl: ['ORC-1'],
  orderStatus: ['ORC-5'],
  placerOrderNumber: ['ORC-2', 'OBR-2'],
  fillerOrderNumber: ['ORC-3', 'OBR-3'],
  accessionNumber: ['IPC-1', 'OBR-18'],
  studyInstanceUid: ['IPC-3', 'ZDS-1'],
  item: ['OBR-4'],
  itemName: ['OBR-4.2'],
  modality: ['IPC-5', 'OBR-24'],
  bodyPart: ['OBR-15.4'],
  priority: ['TQ1-9', 'ORC-7.6', 'OBR-27.6', 'OBR-5'],
  orderingDepartment: ['ORC-17', 'PV1-3'],
  orderedAt: ['ORC-9', 'OBR-6'],
  performedAt: ['OBR-7'],
  reportedAt: ['OBR-22'],
  reportStatus: ['OBR-25', 'OBX-11'],
  imageCount: ['OBX(00201208)-5'],
} as const satisfies Record<string, readonly string[]>;

export type FactName = keyof typeof FIELD_PRESETS;
