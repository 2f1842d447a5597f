// What few page views ask for: one file, loaded when one does.
export { summarise } from './profile/summary'
export { explain } from './ranking/explain'
export { exportRanker } from './ranking/learned/export-ranker'
export { rank } from './ranking/rank'
