// The last step of `npm run build`: the type declarations of the package, into `dist/`.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'src/tsconfig.types.json'], { cwd: root, stdio: 'inherit' })

// Node's own module resolution, which many consumers type-check with, wants relative imports to name their file.
const types = `${root}dist/types/`
for (const file of readdirSync(types, { recursive: true })) {
  if (!file.endsWith('.d.ts')) continue
  const text = readFileSync(types + file, 'utf8')
  writeFileSync(types + file, text.replace(/(from '\.[^']*?)(?:\.js)?'/g, "$1.js'"))
}
writeFileSync(`${root}dist/index.d.ts`, "export * from './types/index.js'\n")
writeFileSync(`${root}dist/element.d.ts`, "export * from './types/element/index.js'\n")
writeFileSync(`${root}dist/signals.d.ts`, "export * from './types/signals.js'\n")
