import { openCaser } from './caser'
import { openGru } from './gru'
import type { ModelName } from './model-part'
import { openMultVae } from './mult-vae'
import type { Opener } from './open-model'
import { openSasrec } from './sasrec'

/** Models that run through the Tensors service. */
export const OPENERS: Partial<Record<ModelName, Opener>> = {
  gru: openGru,
  caser: openCaser,
  sasrec: openSasrec,
  'mult-vae': openMultVae,
}
