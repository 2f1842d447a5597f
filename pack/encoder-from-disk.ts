import { readFile } from 'node:fs/promises'
import type { Encoder } from '../worker/text/encoder'
import { encoderFiles } from '../worker/text/encoder-files'
import { loadEncoder } from '../worker/text/load-encoder'

/** A `fetch` for addresses on this disk, which Node's own refuses. A missing file is an answer 404. */
export async function fetchFromDisk(url: string | URL): Promise<Response> {
  try {
    return new Response(await readFile(new URL(url)))
  } catch {
    return new Response(null, { status: 404 })
  }
}

/**
 * The text encoder, its files read from this project's own folder.
 * @throws SottoError `encoder-failed`
 */
export function encoderFromDisk(): Promise<Encoder> {
  return loadEncoder(fetchFromDisk, encoderFiles())
}
