/** Who handed an instance in, and how. */
export interface Origin {
  readonly via: 'C-STORE' | 'STOW-RS';
  readonly callingAeTitle: string | null;
}
