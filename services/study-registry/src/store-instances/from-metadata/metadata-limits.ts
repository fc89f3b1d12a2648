const MIB = 1024 * 1024;

/** Of the metadata of a request in JSON, and of one instance: an enhanced image has some kilobytes a frame. */
export const METADATA_LIMITS = { bytes: 128 * MIB, bytesOfObject: 16 * MIB };
