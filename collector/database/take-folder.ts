import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { SottoError } from '../../src/shared/errors'
import { systemReason } from '../../src/shared/system-reason'
import { lockFolder } from './folder-lock'

/**
 * Makes a folder where it is missing, and keeps others out of it.
 * @returns lets go. @throws SottoError `storage-blocked` where another collector uses it, `storage-refused` where it cannot be made or written to.
 */
export async function takeFolder(folder: string): Promise<() => Promise<void>> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return await lockFolder(folder)
  } catch (cause) {
    if (cause instanceof SottoError) throw cause
    const message = `the folder ${resolve(folder)} cannot be used: ${systemReason(cause)}; expected one that this user may write to, or a place to make it`
    throw new SottoError('storage-refused', message, {}, { cause })
  }
}
