import type { OpenBackend } from '../../worker/compute/tensors/open-backend'
import type { Tolerance } from './tensor-gradients'

/**
 * How far a backend may be from float64, for networks whose values are near 1.
 * `cpu` and `wasm` compute in float32 with functions accurate to a few units in the last place (6e-8): sums of up to 300 terms in an order
 * of their own lose about as many units, and a layer norm divides by a small spread. Measured: at most 1/20 of this.
 * `webgpu`: WGSL allows exp, tanh and inverse square root several units more, and fused or reordered sums (WebGPU Shading Language,
 * section 15.7.4, accuracy of built-in functions: exp 3 + 2|x| units, inverseSqrt 2, tanh as sinh / cosh, so an absolute 1e-5 near 0).
 */
export const TOLERANCES: Readonly<Record<OpenBackend['name'], Tolerance>> = {
  cpu: { absolute: 1e-5, relative: 1e-4 },
  wasm: { absolute: 1e-5, relative: 1e-4 },
  webgpu: { absolute: 1e-4, relative: 1e-3 },
}
