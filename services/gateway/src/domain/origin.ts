/** Who handed an instance in, and how. */
export interface Origin {
  readonly via: 'C-STORE' | 'STOW-RS';
  readonly callingAeTitle: string | null;
}

/** The same of one instance. */
export interface InstanceOrigin extends Origin {
  /** Its C-STORE asked for Priority HIGH. */
  readonly isHighPriority: boolean;
}
