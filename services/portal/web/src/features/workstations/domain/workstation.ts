/** A device of a hospital that queries and retrieves by DIMSE, as the directory shows it. */
export interface Workstation {
  readonly aeTitle: string;
  readonly name: string | null;
  /** SHA-256 of those that it may show, 64 small hexadecimal digits each. */
  readonly certificates: readonly string[];
  /** Whether it may come without TLS. */
  readonly plain: boolean;
  /** Where it listens for C-MOVE; both or none. */
  readonly host: string | null;
  readonly port: number | null;
  /** Whether it listens with TLS. */
  readonly tls: boolean;
  readonly maximumAssociations: number;
  /** Which state was read: a change of another one is refused. */
  readonly version: number;
}

export type WorkstationToSave = Omit<Workstation, 'version'>;

/** As the directory presets it. */
export const NEW_WORKSTATION: WorkstationToSave = {
  aeTitle: '',
  name: null,
  certificates: [],
  plain: false,
  host: null,
  port: null,
  tls: true,
  maximumAssociations: 8,
};

/** PS3.5 section 6.2, VR AE: up to 16 characters of the default repertoire without backslash; no step of a path. */
export const isWorkstationTitle = (title: string) =>
  /^[\x20-\x5b\x5d-\x7e]{1,16}$/.test(title) && !['', '.', '..'].includes(title.trim());

type Fault = 'hostAndPort' | 'tlsNeedsCertificate' | 'cannotCome';

/** Why it could not be saved, or would be of no use; undefined when it is right. */
export function faultOf({ certificates, plain, host, port, tls }: WorkstationToSave): Fault | undefined {
  if ((host === null) !== (port === null)) return 'hostAndPort';
  if (host !== null && tls && certificates.length === 0) return 'tlsNeedsCertificate';
  return host === null && !plain && certificates.length === 0 ? 'cannotCome' : undefined;
}
