import { invalid } from './pack-invalid'

/** `major.minor`: readers accept any minor of their major. */
export const PACK_FORMAT = '1.0'

/** Refuses a file of a pack whose major version is another. @param format as its header says it. @throws SottoError `pack-invalid` */
export function checkFormat(format: unknown): void {
  const [major] = PACK_FORMAT.split('.')
  if (typeof format !== 'string' || format.split('.')[0] !== major) throw invalid(`format is ${format}, expected ${major}.x; build it anew`)
}
