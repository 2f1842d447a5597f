// Numbers that WebGPU fixes (W3C, WebGPU: the namespaces GPUBufferUsage, GPUMapMode and GPUShaderStage). Browsers have them as globals, but
// TypeScript's types of the browser do not.

/** What a buffer may be used for; combined by `|`. */
export const BUFFER_USAGE = { MAP_READ: 0x1, COPY_SRC: 0x4, COPY_DST: 0x8, UNIFORM: 0x40, STORAGE: 0x80 } as const

/** `GPUMapMode.READ`. */
export const MAP_FOR_READING = 0x1

/** `GPUShaderStage.COMPUTE`. */
export const COMPUTE_STAGE = 0x4
