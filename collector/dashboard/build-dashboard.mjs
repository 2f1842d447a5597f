// A step of `npm run build`: the dashboard into `collector/dist/dashboard/`, one page, one script, one style sheet.
import { cpSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { writeNotices } from '../../pack/write-notices.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const source = `${root}collector/dashboard/`
const folder = `${root}collector/dist/dashboard/`

rmSync(folder, { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: [
    { in: `${source}index.ts`, out: 'dashboard' },
    { in: `${source}styles/index.css`, out: 'dashboard' },
  ],
  outdir: folder,
  absWorkingDir: root,
  bundle: true,
  platform: 'browser',
  format: 'esm',
  // `light-dark()` in the style sheet is left as it is: what does not know it would not know the rest either.
  target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
})
cpSync(`${source}index.html`, `${folder}index.html`)

writeNotices(root, Object.keys(metafile.inputs), `${folder}THIRD-PARTY-LICENSES.txt`)
