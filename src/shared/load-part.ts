import { SottoError } from './errors'

/**
 * Loads a part of the engine that not every visit needs.
 * @param what named in the message.
 * @param load `() => import('./part')`, so that bundlers see the literal.
 * @throws SottoError `worker-failed` where its file does not load; asked again, it is tried again by browsers that do.
 */
export async function loadPart<Part>(what: string, load: () => Promise<Part>): Promise<Part> {
  try {
    return await load()
  } catch (cause) {
    throw new SottoError('worker-failed', `${what} did not load (${cause}): is chunks/ served beside worker.js?`, {}, { cause })
  }
}
