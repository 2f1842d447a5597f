import { SottoError } from '../../src/shared/errors'

/** The error of a file that breaks its format: `what` continues a sentence about the pack, or about one tensor of it. */
export function invalid(what: string, tensor?: string): SottoError {
  return new SottoError('pack-invalid', `Pack: ${tensor ? `tensor "${tensor}" ` : ''}${what}`, tensor ? { tensor } : {})
}
