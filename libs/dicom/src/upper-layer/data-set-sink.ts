import type { ResponseFields } from './command-set.js';

/** Takes the encoded data set of one message as it arrives. */
export interface DataSetSink {
  /** A promise asks the sender to wait; it must not reject. The bytes are good during the call: what is kept is copied. */
  write(bytes: Buffer): Promise<void> | undefined;
  /** All bytes were written. The answer is sent when it is there. */
  end(): Promise<ResponseFields>;
  /** The association ended before the data set did. */
  abandon(): Promise<void>;
}
