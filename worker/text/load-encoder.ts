import { SottoError } from '../../src/shared/errors'
import { VECTOR_DIMS } from '../../src/shared/limits'
import type { Encoder } from './encoder'
import type { EncoderFiles } from './encoder-files'
import { FETCH_DEADLINE_MS, type Fetch } from './fetching'
import { gunzip } from './gunzip'
import { parseSafetensors } from './safetensors'
import { createStaticEncoder, type WordTable } from './static-encoder'

/**
 * Fetches the two files of `worker/text-encoder/` (1.35 MB) and makes them the encoder of `VECTOR_DIMS` dims: the table's 64 and 64 of
 * spelling. Sends no credentials and no referrer. Keeps nothing: the caller keeps the promise.
 * @throws SottoError `encoder-failed` where a file cannot be had, is damaged, or the two do not belong together.
 */
export async function loadEncoder(fetch: Fetch, files: EncoderFiles): Promise<Encoder> {
  const [model, vocabulary] = await Promise.all([read(fetch, files.model), read(fetch, files.vocabulary)])
  const table = wordTable(model, new TextDecoder().decode(vocabulary))
  return createStaticEncoder(table, VECTOR_DIMS - table.dim)
}

async function read(fetch: Fetch, url: URL): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await fetch(url, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(FETCH_DEADLINE_MS),
    })
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return await gunzip(new Uint8Array(await response.arrayBuffer()))
  } catch (cause) {
    throw failed(`${url.pathname.split('/').at(-1)} did not load (${cause}); serve the files beside the worker`, cause)
  }
}

/**
 * Puts the two files together.
 * @param vocabulary one word a line; line i is row i.
 * @throws SottoError `encoder-failed`
 */
export function wordTable(model: Uint8Array<ArrayBuffer>, vocabulary: string): WordTable {
  try {
    const words = vocabulary.trimEnd().split('\n')
    const tensors = parseSafetensors(model)
    const dim = tensors.shape('embedding')[1] ?? 0
    const [scale] = tensors.f32('scale', [1])
    const [unknownWeight, unknownNumberWeight] = tensors.f32('oov_weight', [2])
    return {
      dim,
      rows: new Map(words.map((word, row) => [word, row])),
      embedding: tensors.i8('embedding', [words.length, dim]),
      weight: tensors.f32('weight', [words.length]),
      scale: scale!,
      unknownWeight: unknownWeight!,
      unknownNumberWeight: unknownNumberWeight!,
    }
  } catch (cause) {
    throw failed(`the word table is damaged (${cause}); install Sotto's files again`, cause)
  }
}

function failed(what: string, cause: unknown): SottoError {
  return new SottoError('encoder-failed', `Text encoder: ${what}`, {}, { cause })
}
