import { isRecord } from '../text/is-record'
import { invalid } from '../text/pack-invalid'
import { checkFormat } from '../text/pack-version'
import { parseSafetensors } from '../text/safetensors'
import { MODEL_NAMES, type ModelName, type ModelPart, type Settings } from './model-part'

/**
 * Reads what was learned from a file of a pack. Tensors that a model does not know stay in the part, those of unknown types are passed over.
 * @param file kept: the part's tensors are views into it, nothing is copied.
 * @throws SottoError `pack-invalid` naming the field or tensor; also for a format of another major version and for an unknown model.
 */
export function readPart(file: Uint8Array<ArrayBuffer>): ModelPart {
  const { metadata, all } = parseSafetensors(file)
  checkFormat(metadata.format)
  const { model } = metadata
  if (!isModelName(model)) throw invalid(`model is ${model}, which this version does not know`)
  const tensors = Object.fromEntries(all().map(({ name, shape, data }) => [name, { shape, data }]))
  return { model, settings: readSettings(metadata.settings), tensors }
}

/** Whether this version has a model of that name: a pack may list parts of later ones. */
export function isModelName(name: unknown): name is ModelName {
  return MODEL_NAMES.some((known) => known === name)
}

function readSettings(text: unknown): Settings {
  let settings: unknown
  try {
    settings = JSON.parse(String(text ?? '{}'))
  } catch {
    throw invalid('settings is not JSON')
  }
  const isSettings = (value: unknown): value is Settings => isRecord(value) && Object.values(value).every(Number.isFinite)
  if (!isSettings(settings)) throw invalid('settings is not an object of numbers')
  return settings
}
