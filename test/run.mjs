// `npm test`: installs what is missing, then type-checks, lints, builds, weighs and runs every test. Ends in one line of counts.
import { readFileSync, rmSync } from 'node:fs'
import { build, buildDemo, install, ROOT, run, runInstalled, typeCheck } from './support/run-quietly.mjs'

install()
// Imported only now: it needs what was just installed.
const { ensureChromium } = await import('./support/ensure-chromium.mjs')
ensureChromium()

const RESULTS = `${ROOT}node_modules/.vitest-results.json`
const counts = { passed: 0, failed: 0, skipped: 0 }

function check(name, step) {
  const isPassed = step()
  counts[isPassed ? 'passed' : 'failed']++
  console.log(`${isPassed ? 'ok    ' : 'FAILED'} ${name}`)
  return isPassed
}

for (const side of [
  'src/shared',
  'src',
  'worker',
  'pack',
  'collector',
  'collector/dashboard',
  'demo',
  'demo/build',
  'demo/collector',
  'demo/service-worker',
  'test',
  'bench',
])
  check(`types of ${side}`, () => typeCheck(side))
check('lint and format', () => runInstalled('@biomejs/biome/bin/biome', ['ci', '--colors=off', '.']))
// The tests below look at what is built: without it they would only fail again, less clearly.
const isBuilt =
  check('build', build) && check('build of the demo', buildDemo) && check('size', () => run('npm', ['run', '--silent', 'size']))

rmSync(RESULTS, { force: true })
if (!isBuilt) console.log('FAILED the tests of what is built: not run, since there is nothing to test')
const projects = isBuilt ? [] : ['--project', 'unit', '--project', 'browser']
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`]
const isRun = runInstalled('vitest/vitest.mjs', ['run', ...projects, ...reporters], { isShown: true })
try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(RESULTS, 'utf8'))
  counts.passed += numPassedTests
  counts.failed += numFailedTests
  counts.skipped += numPendingTests + numTodoTests
  // A file that could not even be loaded has no test to fail.
  counts.failed += testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length
} catch (error) {
  console.error(`the test runner left no result: ${error.message}`)
}
// Whatever went wrong outside a test (an unhandled rejection, a crashed browser) is a failure too.
if (!isRun && counts.failed === 0) counts.failed++

console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
process.exit(counts.failed === 0 ? 0 : 1)
