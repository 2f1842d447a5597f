// Finds a Chromium or gets one: an installed one, else Playwright's own, else the system's package manager when root.
import { findChromium } from './chromium.mjs'
import { run, runInstalled } from './run-quietly.mjs'

const WAYS = [
  () => runInstalled('playwright/cli.js', ['install', 'chromium']),
  () => process.getuid?.() === 0 && run('apt-get', ['update']) && run('apt-get', ['install', '-y', 'chromium']),
]

/** @returns its path; ends the process with a clear message where none can be had. */
export function ensureChromium() {
  for (const way of [() => true, ...WAYS]) {
    way()
    const path = findChromium()
    if (path) return path
  }
  console.error('Sotto is tested in a real Chromium, and none could be had. Install one, or set SOTTO_CHROMIUM to the path of one.')
  process.exit(1)
}
