// The process that `npm start` runs beside the shop: it says its address, and ends with whoever started it.
import { readFile } from 'node:fs/promises'
import { startCollectors } from './start-collectors'

process.on('disconnect', () => process.exit())
const plan = await readFile(new URL('../generated/site/plan.json', import.meta.url))
const { origin } = await startCollectors({ plan, now: Date.now })
process.send?.({ origin })
