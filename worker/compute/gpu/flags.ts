/**
 * Bits of WebGPU (W3C, WebGPU, sections 5.1.2 GPUBufferUsageFlags, 5.3 GPUMapMode and 8.1 GPUShaderStageFlags). Browsers have them as
 * globals, TypeScript's own types of the browser do not.
 */
export const BUFFER_USAGE = { MAP_READ: 0x1, COPY_SRC: 0x4, COPY_DST: 0x8, UNIFORM: 0x40, STORAGE: 0x80 } as const
export const MAP_FOR_READING = 0x1
export const COMPUTE_STAGE = 0x4
