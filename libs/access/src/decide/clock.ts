export type Clock = () => Date;

/** What time it is: declared relationships end. */
export const CLOCK = Symbol('clock');
