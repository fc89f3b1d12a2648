declare module '@cornerstonejs/codec-charls/wasmjs' {
  type WasmEncoder = import('./wasm-encoder.js').WasmEncoder;
  interface JpegLsEncoder extends WasmEncoder {
    setNearLossless(difference: number): void;
    /** 0 plane by plane, 1 line by line, 2 sample by sample. */
    setInterleaveMode(mode: number): void;
  }
  export default function load(options: object): Promise<{ JpegLSEncoder: new () => JpegLsEncoder }>;
}

declare module '@cornerstonejs/codec-openjpeg/wasmjs' {
  type WasmEncoder = import('./wasm-encoder.js').WasmEncoder;
  interface J2kEncoder extends WasmEncoder {
    setQuality(reversible: boolean, quality: number): void;
    setDecompositions(levels: number): void;
  }
  export default function load(options: object): Promise<{ J2KEncoder: new () => J2kEncoder }>;
}
