import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { TrainingState } from '../../worker/compute/tensors/model'

/** Where a training stands between two epochs. */
export type Progress = {
  /** Epochs done. */
  readonly epoch: number
  readonly state: TrainingState
  /** Quality on what was held out, after each epoch. */
  readonly qualities: readonly number[]
  /** The learned weights of the best epoch so far, in the order of `state.learned`. */
  readonly best: readonly Float32Array[]
}

/** Where a training's progress is kept: a file named after all that the training depends on, so that another one never goes on from it. */
export class TrainingCheckpoint {
  readonly #folder: string
  readonly #path: string

  /** @param inputs all that the training depends on. */
  constructor(folder: string, name: string, inputs: unknown) {
    this.#folder = folder
    this.#path = join(folder, `${name}-${createHash('sha256').update(serialize(inputs)).digest('hex').slice(0, 16)}.training`)
  }

  /** What was written last; `undefined` where there is nothing, or a file that cannot be read: training starts anew then. */
  async read(): Promise<Progress | undefined> {
    try {
      // Written by `write` below: the name holds a hash of what it depends on.
      return deserialize(await readFile(this.#path)) as Progress
    } catch {
      return undefined
    }
  }

  /** Takes the place of what was there only when it is complete. */
  async write(progress: Progress): Promise<void> {
    await mkdir(this.#folder, { recursive: true })
    const unfinished = `${this.#path}.unfinished`
    await writeFile(unfinished, serialize(progress))
    await rename(unfinished, this.#path)
  }

  /** Once the training is done. */
  async remove(): Promise<void> {
    await rm(this.#path, { force: true })
  }
}
