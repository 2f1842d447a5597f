// What few page views ask for: one file, loaded when one does.
export { exportAll } from './export-all'
export { summarise } from './profile/summary'
export { proveForgotten } from './prove-forgotten'
export { explain } from './ranking/explain'
export { rank } from './ranking/rank'
