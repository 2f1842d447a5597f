/** The kernel's two binaries, compiled from AssemblyScript by the plugin in `compile-kernel.mjs`. */
declare module '*?kernel' {
  /** In hexadecimal: that compresses better than base64, in which bytes are not whole characters. */
  export const relaxedSimd: string
  export const simd: string
}
