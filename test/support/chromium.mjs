// Where Chromium is, and how it is started: shared by tests, benches and the test command.
import { spawnSync } from 'node:child_process'
import { chromium } from 'playwright'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
/** The same engine without windows, profiles and settings: a page costs it half as much of the processor's time. */
const SHELL = 'chromium-headless-shell'

/** Whether it starts at all: some systems have a stub of that name, and Playwright's own lacks libraries on others. */
function runs(path) {
  return spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0
}

/** Path of the first that is on the PATH, and runs. */
function findInstalled(names) {
  return names
    .map((name) => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout?.trim())
    .find((path) => path && runs(path))
}

/** Path of a Chromium that runs: `SOTTO_CHROMIUM`, else one on the PATH, else Playwright's own; `undefined` if there is none. */
export function findChromium() {
  const named = process.env.SOTTO_CHROMIUM
  if (named) {
    if (!runs(named)) throw new Error(`SOTTO_CHROMIUM names ${named}, which does not run; unset it or give the path of a Chromium`)
    return named
  }
  const own = chromium.executablePath()
  return findInstalled(NAMES) ?? (runs(own) ? own : undefined)
}

/** Path of what most tests run in; `undefined` where there is none, or `SOTTO_CHROMIUM` names what is wanted instead. */
export function findShell() {
  return process.env.SOTTO_CHROMIUM ? undefined : findInstalled([SHELL])
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

function optionsOf(executablePath) {
  return { ...(executablePath ? { executablePath } : {}), args: CHROMIUM_ARGS, headless: true }
}

/** Options for Playwright's `chromium.launch`. */
export function launchOptions() {
  return optionsOf(findShell() ?? findChromium())
}

/** The same for the whole browser, as visitors have it. */
export function wholeBrowserOptions() {
  return optionsOf(findChromium())
}
