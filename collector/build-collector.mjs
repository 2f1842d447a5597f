// A step of `npm run build`: the command `sotto-collector` into `collector/dist/`, beside the dashboard. The packages that are installed with it are not bundled.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { writeNotices } from '../pack/write-notices.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const { dependencies } = JSON.parse(readFileSync(`${root}collector/package.json`, 'utf8'))

const { metafile } = await build({
  entryPoints: { 'sotto-collector': `${root}collector/cli.ts` },
  outdir: `${root}collector/dist/`,
  outExtension: { '.js': '.mjs' },
  absWorkingDir: root,
  bundle: true,
  external: Object.keys(dependencies),
  platform: 'node',
  format: 'esm',
  target: 'node20',
  minifySyntax: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
})

writeNotices(root, Object.keys(metafile.inputs), `${root}collector/dist/THIRD-PARTY-LICENSES.txt`)
