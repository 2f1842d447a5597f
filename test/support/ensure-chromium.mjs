// Finds a Chromium or gets one: an installed one, else Playwright's own, else the system's package manager when root.
import { findChromium } from './chromium.mjs'
import { run, runInstalled } from './run-quietly.mjs'

const isRoot = process.getuid?.() === 0
const fromSystem = (...packages) => isRoot && run('apt-get', ['update']) && run('apt-get', ['install', '-y', ...packages])

// The shell makes tests faster; where there is none, the whole browser does.
const WAYS = [
  () => runInstalled('playwright/cli.js', ['install', 'chromium']),
  () => fromSystem('chromium', 'chromium-headless-shell') || fromSystem('chromium'),
]

/** Ends the process with a clear message where none can be had. */
export function ensureChromium() {
  for (const way of [() => true, ...WAYS]) {
    way()
    if (findChromium()) return
  }
  console.error('Sotto is tested in a real Chromium, and none could be had. Install one, or set SOTTO_CHROMIUM to the path of one.')
  process.exit(1)
}
