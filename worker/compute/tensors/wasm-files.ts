/** Addresses of tfjs' WebAssembly binaries, by the names it asks for. */
export type WasmFiles = {
  readonly 'tfjs-backend-wasm.wasm': string
  readonly 'tfjs-backend-wasm-simd.wasm': string
  readonly 'tfjs-backend-wasm-threaded-simd.wasm': string
}

/**
 * Where the binaries lie, relative to this file. Literal expressions in a file of their own: builds find them, copy the files and put
 * their final addresses here.
 */
export function wasmFiles(): WasmFiles {
  const plain = new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm', import.meta.url)
  const simd = new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm', import.meta.url)
  const threads = new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm', import.meta.url)
  return {
    'tfjs-backend-wasm.wasm': plain.href,
    'tfjs-backend-wasm-simd.wasm': simd.href,
    'tfjs-backend-wasm-threaded-simd.wasm': threads.href,
  }
}
