import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { SottoError } from '../../src/shared/errors'
import { systemReason } from '../../src/shared/system-reason'

/**
 * Reads a file that an option names.
 * @param option without its dashes. @param expected what the file holds. @throws SottoError `invalid-argument` naming option, file and reason.
 */
export function readOptionFile(option: string, file: string, expected: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file))
  } catch (cause) {
    const message = `--${option}: the file ${resolve(file)} cannot be read: ${systemReason(cause)}; expected ${expected}`
    throw new SottoError('invalid-argument', message, {}, { cause })
  }
}
