// All that is needed only where the disk does not hold the catalog: one file, loaded when it is. Most page views never do.
export { loadEncoder } from '../text/load-encoder'
export { hash53 } from './hash53'
export { createItemIntake } from './item-intake'
export { loadPackTail } from './load-pack-tail'
export { planFromBytes } from './plan-from-bytes'
export { planFromItems } from './plan-from-items'
export { readKnownVectors, saveLive } from './save-live'
