// Takes what `npx sotto evaluate … --json FILE` measured on public data over into the demo's page:
// `npx tsx demo/build/take-results.ts SET FILE DAY MACHINE`, e.g. `amazon-beauty beauty.json 2026-03-01 "a laptop of 8 cores"`.
import { readFile, writeFile } from 'node:fs/promises'
import type { Evaluation } from '../../pack/evaluate/evaluation'
import type { QualityFile } from '../quality/quality-file'
import { withResults } from './with-results'

const RESULTS = new URL('../quality/results.json', import.meta.url)
const [set, path, day, machine] = process.argv.slice(2)

if (set === undefined || path === undefined || machine === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day ?? '')) {
  console.error('Usage: npx tsx demo/build/take-results.ts SET FILE YYYY-MM-DD MACHINE')
  process.exitCode = 2
} else {
  const results = JSON.parse(await readFile(RESULTS, 'utf8')) as QualityFile // kept in this project
  const evaluation = JSON.parse(await readFile(path, 'utf8')) as Evaluation // written by the command
  await writeFile(RESULTS, `${JSON.stringify(withResults(results, set, evaluation, { day: day!, machine }), null, 2)}\n`)
}
