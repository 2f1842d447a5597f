// Where Chromium is, and how it is started: shared by tests, benches and the test command.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Path of an installed Chromium: `SOTTO_CHROMIUM`, else one on the PATH, else Playwright's own; `undefined` if there is none. */
export function findChromium() {
  const named = process.env.SOTTO_CHROMIUM
  if (named) {
    if (!existsSync(named)) throw new Error(`SOTTO_CHROMIUM names ${named}, which does not exist; unset it or give the path of a Chromium`)
    return named
  }
  for (const name of NAMES) {
    try {
      return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim()
    } catch {
      // Not on the PATH: the next name.
    }
  }
  const own = chromium.executablePath()
  return existsSync(own) ? own : undefined
}

/** No traffic of the browser's own; a software WebGPU adapter, good for correctness and never for time. */
export const CHROMIUM_ARGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

/** Options for Playwright's `chromium.launch`. */
export function launchOptions() {
  const executablePath = findChromium()
  return { ...(executablePath ? { executablePath } : {}), args: CHROMIUM_ARGS, headless: true }
}
