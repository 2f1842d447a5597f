import type { Settings } from '../../worker/models/model-part'

/** How models of dense vectors read a visit; see `openVectorModel`. */
export const VECTOR_SETTINGS = { decay: 0.7, halfLifeDays: 0, interests: 3, merge: 0.35, sharpness: 2 } satisfies Settings
