/**
 * Scripts that change a worker's surroundings before the engine comes, as devices and policies do. Those that break something in mid-request
 * wait for a word on the channel `break`.
 */
const ON_BREAK = `let isBroken = false; new BroadcastChannel('break').onmessage = () => { isBroken = true }`

export const COMPUTE_FAULTS = {
  nothing: '',
  'no WebAssembly': `Object.defineProperty(self, 'WebAssembly', { value: undefined })`,
  // Prefix and number of any instruction on 128 bits: https://webassembly.github.io/spec/core/binary/instructions.html#vector-instructions
  'no SIMD': `
    const holdsVectors = (bytes) => new Uint8Array(bytes.buffer ?? bytes).includes(0xfd)
    const { Module, validate, CompileError } = WebAssembly
    WebAssembly.validate = (bytes) => !holdsVectors(bytes) && validate(bytes)
    WebAssembly.Module = class { constructor(bytes) {
      if (holdsVectors(bytes)) throw new CompileError('WebAssembly.Module(): Wasm SIMD unsupported')
      return new Module(bytes)
    } }`,
  // i16x8.relaxed_dot_i8x16_i7x16_s is number 0x112, which is written 92 02.
  'no relaxed SIMD': `
    const isRelaxed = (bytes) => { const all = new Uint8Array(bytes.buffer ?? bytes)
      return all.some((byte, at) => byte === 0xfd && all[at + 1] === 0x92 && all[at + 2] === 0x02) }
    const { Module, validate, CompileError } = WebAssembly
    WebAssembly.validate = (bytes) => !isRelaxed(bytes) && validate(bytes)
    WebAssembly.Module = class { constructor(bytes) {
      if (isRelaxed(bytes)) throw new CompileError('WebAssembly.Module(): invalid simd opcode 0x112')
      return new Module(bytes)
    } }`,
  'no memory for WebAssembly': `
    WebAssembly.Memory = class { constructor() { throw new RangeError('WebAssembly.Memory(): could not allocate memory') } }`,
  'no WebGPU': `Object.defineProperty(navigator, 'gpu', { value: undefined })`,
  'no adapter': `GPU.prototype.requestAdapter = async () => null`,
  'no device': `GPUAdapter.prototype.requestDevice = async () => { throw new DOMException('not today', 'OperationError') }`,
  'no memory on the GPU': `
    const pop = GPUDevice.prototype.popErrorScope
    GPUDevice.prototype.popErrorScope = async function () { await pop.call(this); return new GPUOutOfMemoryError('not enough memory left') }`,
  'GPU lost in mid-request': `${ON_BREAK}
    const { requestDevice } = GPUAdapter.prototype
    let device
    GPUAdapter.prototype.requestDevice = async function (...given) { return (device = await requestDevice.apply(this, given)) }
    const { mapAsync } = GPUBuffer.prototype
    GPUBuffer.prototype.mapAsync = function (...given) {
      const mapping = mapAsync.apply(this, given)
      if (isBroken) device.destroy()
      return mapping
    }`,
  'validation error in mid-request': `${ON_BREAK}
    const { dispatchWorkgroups } = GPUComputePassEncoder.prototype
    GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...given) {
      return dispatchWorkgroups.apply(this, isBroken ? [4294967295] : given)
    }`,
} as const

export type ComputeFault = keyof typeof COMPUTE_FAULTS

/** The script of a worker that meets this fault. */
export function faultyWorker(fault: ComputeFault, engine: string): string {
  return `${COMPUTE_FAULTS[fault]}\nawait import('${engine}')`
}
