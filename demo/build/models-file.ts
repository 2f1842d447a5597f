import { gzipSync } from 'node:zlib'
import type { ModelsFile } from '../models/models-file'
import type { OrderLine } from './order-line'
import { VOICES } from './shop-blend'
import { isByKind } from './shop-learners'
import type { ShopPart } from './shop-pack'

/** What the pack brings, for people to read. @param support what is learned rests on at least so many customers. */
export function modelsFile(parts: readonly ShopPart[], lines: readonly OrderLine[], support: number): ModelsFile {
  const years = lines.map(({ time }) => new Date(time).getUTCFullYear())
  return {
    support,
    customers: new Set(lines.map(({ buyer }) => buyer)).size,
    orders: new Set(lines.map(({ order }) => order)).size,
    years: [Math.min(...years), Math.max(...years)],
    blended: VOICES,
    models: parts.map(({ model, name, bytes }) => ({
      name: model,
      file: name,
      bytes: bytes.length,
      gzip: gzipSync(bytes).length,
      isByKind: isByKind(model),
    })),
  }
}
