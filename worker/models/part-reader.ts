import { SottoError } from '../../src/shared/errors'
import type { ModelPart, PartArray } from './model-part'

/** Takes a part's settings and tensors out by name, each checked. */
export class PartReader {
  constructor(readonly part: ModelPart) {}

  /** A finite number, or `otherwise` where the part has none. @throws SottoError `pack-invalid` where it is missing and needed, or not finite. */
  setting(name: string, otherwise?: number): number {
    const value = this.part.settings[name] ?? otherwise
    if (value === undefined || !Number.isFinite(value)) throw this.wrong(`setting "${name}" is ${value}, expected a number`)
    return value
  }

  /**
   * The numbers of a tensor, not copied.
   * @param kinds the array types that will do.
   * @param length expected; absent: any.
   * @throws SottoError `pack-invalid` where it is missing, of another type or of another length.
   */
  tensor<A extends PartArray>(name: string, kinds: readonly (new (length: number) => A)[], length?: number): A {
    const data = this.part.tensors[name]?.data
    const names = kinds.map((kind) => kind.name).join(' or ')
    if (!data) throw this.wrong(`tensor "${name}" is missing`)
    const fits = kinds.find((kind) => data instanceof kind)
    if (!fits || (length ?? data.length) !== data.length)
      throw this.wrong(
        `tensor "${name}" is ${data.constructor.name} of ${data.length}, expected ${names}${length === undefined ? '' : ` of ${length}`}`,
      )
    return data as A // one of `kinds`, as was just looked up
  }

  /** The error of this part, for `what` of it is wrong. */
  wrong(what: string): SottoError {
    return new SottoError('pack-invalid', `part of model "${this.part.model}": ${what}`)
  }
}
