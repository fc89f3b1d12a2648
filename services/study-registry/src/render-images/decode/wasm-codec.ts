import { UndecodableFrame } from './decoded-frame.js';

interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned?: boolean;
}

/** What the decoders of @cornerstonejs/codec-* have in common. Their buffers are views of WebAssembly memory. */
export interface WasmDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): FrameInfo;
  /** Gives its memory back. */
  delete(): void;
}

export interface WasmFrame extends FrameInfo {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly bytesPerSample: number;
}

/** Options for a codec, which makes its module of this very object: each needs its own. Their chatter is of no use. */
export const quiet = () => ({ print: () => {}, printErr: () => {} });

/** Loads a codec at its first use and never again. */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load();
    return loading;
  };
}

/** Decodes `encoded`; whatever a codec throws means that it could not. */
export function decodeWith<Decoder extends WasmDecoder>(
  create: () => Decoder,
  encoded: Uint8Array,
  inspect: (decoder: Decoder) => void = () => {},
): WasmFrame {
  const decoder = create();
  try {
    decoder.getEncodedBuffer(encoded.length).set(encoded);
    decoder.decode();
    inspect(decoder);
    const info = decoder.getFrameInfo();
    const bytes = new Uint8Array(decoder.getDecodedBuffer());
    const bytesPerSample = bytes.length / (info.width * info.height * info.componentCount);
    if (![1, 2, 4].includes(bytesPerSample)) throw new UndecodableFrame('The codestream is broken');
    return { ...info, bytes, bytesPerSample };
  } catch (error) {
    throw error instanceof UndecodableFrame ? error : new UndecodableFrame('The codestream is broken');
  } finally {
    decoder.delete();
  }
}
