/** The bindings without the file that loads them; the package declares only both together. */
declare module 'voy-search/voy_search_bg.js' {
  export * from 'voy-search'
  /** @param exports of the WebAssembly instance. */
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void
}
