import type { Tensor } from '@tensorflow/tfjs-core'
import type { Ops } from './ops'

export type { Tensor } from '@tensorflow/tfjs-core'

/** Extents of a tensor, outermost first; [] is a single value. */
export type Shape = readonly number[]

/** A learned array. It stays here, on the CPU; tensors are built from it, and built again where a device is lost. */
export type Weight = { readonly shape: Shape; readonly values: Float32Array | Int32Array }

/** What one row of an input looks like. */
export type InputSpec = {
  /** Of one row: [] for one number a row, [50] for 50 of them. */
  readonly shape: Shape
  readonly type: 'float32' | 'int32'
  /** For `int32`: every value is 0 or more and below this; checked, since a GPU reads zeros past the end of a table. Absent: any. */
  readonly below?: number
}

/** Values of many rows, by input, [rows, ...shape] row-major. All inputs have equally many rows. Read, never written. */
export type Rows = Readonly<Record<string, Float32Array | Int32Array>>

export type TensorMap<Names extends string> = Readonly<Record<Names, Tensor>>

/** What a model and its training have in common. */
export type Parts<WeightName extends string = string, InputName extends string = string> = {
  /** For messages. */
  readonly name: string
  readonly weights: Readonly<Record<WeightName, Weight>>
  readonly inputs: Readonly<Record<InputName, InputSpec>>
}

/** A network for inference. */
export type Model<WeightName extends string = string, InputName extends string = string> = Parts<WeightName, InputName> & {
  /** Shape of one row of each output, in the order in which `forward` gives them. */
  readonly outputs: readonly Shape[]
  /** Rows computed at once; more are cut into batches. Default 256. */
  readonly batchRows?: number
  /**
   * Pure: called once a batch, with `inputs` of [rows, ...shape]. Uses nothing but `ops`; what it makes is freed afterwards.
   * @returns one tensor an output, each [rows, ...shape].
   */
  forward(ops: Ops, weights: TensorMap<WeightName>, inputs: TensorMap<InputName>): Tensor | readonly Tensor[]
}

/** How the weights of a network are learned. */
export type Training<WeightName extends string = string, InputName extends string = string> = Parts<WeightName, InputName> & {
  /** Weights that are learned; all of float32 by default. */
  readonly learned?: readonly WeightName[]
  /** Step size of Adam, default 0.001. */
  readonly learningRate?: number
  /** Draws of `ops.dropout` and `ops.normal`: the same seed gives the same training, on every backend up to rounding. Default 1. */
  readonly seed?: number
  /** Where a training of the same network stopped: it goes on from there as if it never had. Absent: from `weights`. */
  readonly from?: TrainingState
  /** Pure, as `forward` is; the mean loss of the batch, one value. */
  loss(ops: Ops, weights: TensorMap<WeightName>, inputs: TensorMap<InputName>): Tensor
}

/** Where a training stands: all that its next step depends on, but the batch. */
export type TrainingState = {
  /** Steps taken. */
  readonly step: number
  /** For each learned weight, in their order: values, running mean and squared mean of its gradient. */
  readonly learned: readonly (readonly [Float32Array, Float32Array, Float32Array])[]
}

/** A model that is ready to run. */
export interface LoadedModel {
  /**
   * Runs the network over any number of rows, 0 too.
   * @param rows not to be changed until the promise resolves.
   * @returns one array an output, [rows, ...shape] row-major, new.
   * @throws SottoError `invalid-argument` for rows that do not fit the inputs, or a `forward` whose outputs have other shapes than it says;
   *         `compute-failed` where it fails on every backend; `closed` after `dispose`.
   */
  run(rows: Rows): Promise<readonly Float32Array[]>
  /** Weights were changed in place: their tensors are built anew at the next run. */
  refresh(): void
  /** Frees its tensors. */
  dispose(): void
}

/** A training under way. */
export interface Trainer {
  /**
   * One step of Adam on one batch, copied.
   * @returns the loss before the step.
   * @throws SottoError as `LoadedModel.run` does; `invalid-argument` where the loss is not finite: the step is not taken then.
   */
  step(rows: Rows): Promise<number>
  /** Writes what was learned into the arrays of `weights`. Models loaded from them need `refresh`. */
  save(): Promise<void>
  /** Where it stands now. Arrays are not to be written to. */
  state(): Promise<TrainingState>
  /** Frees its tensors; what was not saved is lost. */
  dispose(): void
}

/** Values in a tensor of this shape; 1 for []. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((size, extent) => size * extent, 1)
}
