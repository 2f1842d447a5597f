import { SottoError } from '../../src/shared/errors'
import { systemReason } from '../../src/shared/system-reason'
import { savePack } from '../write/save-pack'

/**
 * Saves a pack, see `savePack`.
 * @throws SottoError `invalid-argument` naming the pack that cannot be written, and why; the one before is then still in place.
 */
export async function writePackFiles(...[out, core, files]: Parameters<typeof savePack>): Promise<void> {
  try {
    await savePack(out, core, files)
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause
    const what = `${out} cannot be written: ${systemReason(cause)}; expected a file in a folder that can be written to; a pack before is still in place`
    throw new SottoError('invalid-argument', what, {}, { cause })
  }
}
