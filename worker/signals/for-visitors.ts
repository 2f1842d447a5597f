// What only those load who look into it.
export { listEntries } from './list-entries'
export { previewMetrics } from './preview-metrics'
