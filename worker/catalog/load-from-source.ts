import { loadPart } from '../../src/shared/load-part'

/** @throws SottoError `worker-failed` */
export function loadFromSource() {
  return loadPart('what reads catalogs', () => import('./from-source'))
}
