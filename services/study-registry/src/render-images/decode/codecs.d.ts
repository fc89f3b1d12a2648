declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  interface JpegLsDecoder extends WasmDecoder {
    /** 0 plane by plane, 1 line by line, 2 sample by sample. */
    getInterleaveMode(): number;
  }
  type WasmDecoder = import('./wasm-codec.js').WasmDecoder;
  export default function load(options: object): Promise<{ JpegLSDecoder: new () => JpegLsDecoder }>;
}

declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  type WasmDecoder = import('./wasm-codec.js').WasmDecoder;
  export default function load(options: object): Promise<{ JPEGDecoder: new () => WasmDecoder }>;
}

declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  type WasmDecoder = import('./wasm-codec.js').WasmDecoder;
  export default function load(options: object): Promise<{ J2KDecoder: new () => WasmDecoder }>;
}

declare module '@cornerstonejs/codec-openjph/wasmjs' {
  interface Htj2kEncoder {
    getDecodedBuffer(frame: object): Uint8Array;
    getEncodedBuffer(): Uint8Array;
    setQuality(reversible: boolean, quantisation: number): void;
    setDecompositions(levels: number): void;
    encode(): void;
    delete(): void;
  }
  type WasmDecoder = import('./wasm-codec.js').WasmDecoder;
  export default function load(
    options: object,
  ): Promise<{ HTJ2KDecoder: new () => WasmDecoder; HTJ2KEncoder: new () => Htj2kEncoder }>;
}
