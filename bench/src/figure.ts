/** One measured thing, ours and a peer's in the same run, higher is better unless `lowerIsBetter`. */
export interface Figure {
  /** `<area>.<what>` */
  readonly name: string;
  readonly unit: string;
  readonly lowerIsBetter?: boolean;
  /** How many times better than the peer we mean to be; none for figures that only inform. */
  readonly goal?: number;
  /** It needs neither the province nor Orthanc: they are stopped before. */
  readonly standsAlone?: boolean;
  /** Measures both and checks both answers; throws when an answer is wrong. */
  measure(bench: Bench): Promise<Measurement>;
}

export interface Measurement {
  readonly ours: number;
  readonly peer?: number;
  readonly peerName?: string;
  /** What was checked, or what the number means. */
  readonly note?: string;
  /** A bound of our own number, in its unit, where the goal is one. */
  readonly atMost?: number;
  /** The same from below. */
  readonly atLeast?: number;
}

/** Everything a figure may use. */
export interface Bench {
  readonly province: ProvinceUnderTest;
  /** Orthanc at its best for storing and retrieving: SQLite, TCP_NODELAY. */
  orthanc(): Promise<Peer>;
  /** Orthanc as it comes. */
  stockOrthanc(): Promise<Peer>;
}

export interface ProvinceUnderTest {
  readonly dicom: DicomAddress;
  readonly stowUrl: string;
  /** Of the study registry itself, as Orthanc's is (ADR 0048). */
  readonly dicomWebUrl: string;
  /** The same through the edge. */
  readonly edgeDicomWebUrl: string;
  /** Of the study registry. */
  readonly objectsFolder: string;
  /** Authorization header of H001's clinician. */
  authorization(): Promise<string>;
  /** Of a program of H001 that stores at the province itself. */
  storeAuthorization(): Promise<string>;
  /** Process ids of the whole system. */
  processes(): Promise<readonly { name: string; pid: number }[]>;
}

export interface Peer {
  readonly name: string;
  readonly dicom: DicomAddress;
  readonly dicomWebUrl: string;
}

export interface DicomAddress {
  readonly host: string;
  readonly port: number;
  readonly calledAeTitle: string;
}
