/** The host service's answer to: which hospitals have treated these persons? By person id; unknown persons are left out. */
export interface TreatingHospitals {
  hospitalsTreating(personIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
}

export const TREATING_HOSPITALS = Symbol('treating hospitals');
