import { lstat, open, rm, stat, writeFile } from 'node:fs/promises'
import { SottoError } from '../../src/shared/errors'
import { systemReason } from '../../src/shared/system-reason'
import { type EvaluateArguments, evaluateArguments } from './arguments'
import { chosenContestants } from './contestants'
import { evaluate } from './evaluate'
import type { Evaluation } from './evaluation'
import { loadTask } from './load-task'
import { nodeTensors } from './node-tensors'
import { present } from './present'
import { seldom } from './seldom'
import { textVectors } from './text-vectors'

/** Where a command speaks. */
export type EvaluateIo = {
  /** Results; a line or more, without the last line's end. */
  out(text: string): void
  /** What is wrong; as `out`. */
  err(text: string): void
  /** What is being done; may be shown on one line that is written over. Told once a second at most. */
  progress(doing: string): void
}

/**
 * The command `evaluate`.
 * @param argv what stands behind its name.
 * @returns the exit code: 0 when all models that have their data were measured; 1 where one failed.
 * @throws SottoError `invalid-argument` for wrong arguments or data.
 */
export async function runEvaluate(argv: readonly string[], io: EvaluateIo): Promise<number> {
  return measure(evaluateArguments(argv), io)
}

/** Told now, not after an hour. What the file holds stays until there is something to write; where there was none, none is left. */
async function checkWritable(path: string): Promise<void> {
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  )
  try {
    // `x`: a file that somebody else makes meanwhile is not removed.
    const file = await open(path, isThere ? 'a' : 'ax')
    await file.close()
    if (!isThere) await rm(path)
  } catch (cause) {
    const missing = Object(cause).code === 'ENOENT' ? 'its folder: ' : ''
    throw new SottoError('invalid-argument', `--json ${path} cannot be written: ${missing}${systemReason(cause)}`, {}, { cause })
  }
}

/** What took hours to find is said where it cannot be written. @throws what the system does. */
async function writeFigures(path: string, found: Evaluation, io: EvaluateIo): Promise<void> {
  try {
    await writeFile(path, `${JSON.stringify(found, null, 2)}\n`)
  } catch (cause) {
    io.err(`${present(found)}\n\n--json ${path} cannot be written: ${systemReason(cause)}; what was found stands above`)
    throw cause
  }
}

async function expectFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) return
  throw new SottoError(
    'invalid-argument',
    `--data ${path} cannot be read: ${found ? 'it is a file, not a folder' : 'there is no such folder'}`,
  )
}

/** Tells each second how long it takes. */
async function toldMeanwhile<Done>(doing: string, io: EvaluateIo, work: () => Promise<Done>): Promise<Done> {
  const startMs = performance.now()
  io.progress(doing)
  const timer = setInterval(() => io.progress(`${doing}, ${Math.round((performance.now() - startMs) / 1000)} s`), 1000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

async function measure({ data, protocol, models, json, ...options }: EvaluateArguments, io: EvaluateIo): Promise<number> {
  const contestants = chosenContestants(models)
  if (json !== undefined) await checkWritable(json)
  await expectFolder(data)
  const { task, dataset } = await toldMeanwhile(`reads ${data}`, io, () => loadTask(data, protocol))
  for (const [reason, count] of Object.entries(dataset.dropped)) io.err(`left out: ${count} ${count === 1 ? 'row' : 'rows'}: ${reason}`)
  const tensors = nodeTensors()
  try {
    const isEncoded = task.texts && contestants.some(({ name }) => name === 'embedding')
    const vectors = isEncoded && (await textVectors(task.texts))
    const found = await evaluate(task, contestants, {
      ...options,
      ...(vectors && { vectors }),
      tensors,
      clock: () => performance.now(),
      onProgress: seldom(io.progress, () => performance.now()),
    })
    if (json !== undefined) await writeFigures(json, found, io)
    io.out(present(found))
    return found.absent.some(({ isFault }) => isFault) ? 1 : 0
  } finally {
    await tensors.close()
  }
}
