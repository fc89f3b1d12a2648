/** Where somebody lives, as far as it can be compared: folded to half width and lower case, without spaces. */
export interface Address {
  /** All that was stated, joined. */
  readonly text: string;
  readonly streetNumber: string;
  readonly street: string;
  readonly district: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
}
