import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../collector/database/open-database'
import { epochOf } from '../../src/shared/signals/epoch'
import { hashPlan } from '../../src/shared/signals/plan-hash'
import { cryptoBytes, RandomIntegers } from '../../src/shared/signals/random-integers'
import { bucketsIn } from '../../src/shared/signals/subset-selection'
import { startCollector } from './collector-process'
import { reportMaker } from './make-reports'
import { ReportWire } from './report-wire'
import { contentOf, PLAN } from './test-collector'

export type KillFindings = {
  readonly kills: number
  /** Of those, before it listened. */
  readonly whileStarting: number
  readonly reports: number
  /** Before some kill. */
  readonly acknowledged: number
  /** Acknowledged, and not there after a kill. */
  readonly lost: number
  /** By how much totals differ in the end from what was sent, over all buckets and counts of reports. */
  readonly off: number
}

type Sent = { readonly bytes: Uint8Array; isAcknowledged: boolean }

const WIRES = 16
/** Reports in one body, of every other wire: the others send one. */
const BATCH = 25
const TOKEN = 'a relay of these kills'
/** Of starting, and of taking reports. */
const LONGEST_MS = { starting: 1500, taking: 700 } as const
/** Every so many kills, one while it starts: it may be recovering from the kill before. */
const STARTING = 4

/**
 * Sends reports to a collector with an embedded database and kills it (SIGKILL) at a random moment, again and again, on the same folder. After each kill it
 * asks for everything that was acknowledged, by sending it again, and in the end it sends everything and compares the totals on disk with what was sent.
 */
export async function killCollector(kills: number, onKill: (done: number) => void = () => {}): Promise<KillFindings> {
  const home = mkdtempSync(join(tmpdir(), 'sotto-kills-'))
  const content = contentOf(PLAN)
  const plan = join(home, 'plan.json')
  const token = join(home, 'token')
  writeFileSync(plan, content)
  writeFileSync(token, TOKEN)
  const folder = join(home, 'data')
  const args = ['--plan', plan, '--folder', folder, '--relay-token-file', token, '--reports-per-minute', '1000000']
  const random = new RandomIntegers(cryptoBytes)
  const make = reportMaker(PLAN, await hashPlan(content), random)
  const epoch = epochOf(Date.now())
  const all: Sent[] = []
  const create = (): Sent => {
    // Some of the epoch before, as from devices that come back.
    const sent = { bytes: make({ epoch: epoch - random.below(2) }), isAcknowledged: false }
    all.push(sent)
    return sent
  }
  let [lost, acknowledged, whileStarting, asked] = [0, 0, 0, 0]
  try {
    for (let kill = 0; kill < kills; kill++) {
      if (kill % STARTING === STARTING - 1) {
        await (await startCollector(args, { killAfterMs: 100 + random.below(LONGEST_MS.starting) })).kill()
        whileStarting++
      } else {
        const collector = await startCollector(args)
        lost += await countMissing(collector.port, all.slice(asked))
        asked = all.length
        await sendUntil(collector.port, create, async (areAllAnswered) => {
          // Some are killed while they take the first of all.
          if (kill % STARTING === 0) await areAllAnswered
          await pause(20 + random.below(LONGEST_MS.taking))
          await collector.kill()
        })
        acknowledged += all.slice(asked).filter(({ isAcknowledged }) => isAcknowledged).length
      }
      onKill(kill + 1)
    }
    const collector = await startCollector(args)
    lost += await countMissing(collector.port, all.slice(asked))
    await resend(collector.port, all)
    await collector.end()
    return { kills, whileStarting, reports: all.length, acknowledged, lost, off: await compare(folder, all) }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/**
 * Sends new reports on all wires, as fast as they are answered, until the collector is gone.
 * @param end ends it; `areAllAnswered` resolves once each wire was answered, or broke.
 */
async function sendUntil(port: number, create: () => Sent, end: (areAllAnswered: Promise<unknown>) => Promise<void>): Promise<void> {
  let isOver = false
  const answered: Promise<void>[] = []
  const sending = Array.from({ length: WIRES }, async (_, at) => {
    const wire = new ReportWire(port)
    let answer = () => {}
    answered.push(
      new Promise((resolve) => {
        answer = resolve
      }),
    )
    try {
      while (!isOver) {
        const some = Array.from({ length: at % 2 ? BATCH : 1 }, create)
        const { status } = await send(wire, some)
        if (status === 200) for (const sent of some) sent.isAcknowledged = true
        answer()
      }
    } catch {
      // It was killed: what this was about is not acknowledged.
    } finally {
      wire.close()
      answer()
    }
  })
  await end(Promise.all(answered))
  isOver = true
  await Promise.all(sending)
}

/** @returns how many acknowledged reports the collector takes for new. */
async function countMissing(port: number, sent: readonly Sent[]): Promise<number> {
  return resend(
    port,
    sent.filter(({ isAcknowledged }) => isAcknowledged),
  )
}

/** @returns how many of them were not there yet. */
async function resend(port: number, sent: readonly Sent[]): Promise<number> {
  const wire = new ReportWire(port)
  let accepted = 0
  for (let at = 0; at < sent.length; at += 1000) {
    const { status, body } = await send(wire, sent.slice(at, at + 1000))
    const answer: unknown = JSON.parse(body)
    if (status !== 200 || !isAnswer(answer) || answer.refused.length > 0)
      throw new Error(`asked again, the collector answered ${status} ${body}`)
    accepted += answer.accepted
  }
  wire.close()
  return accepted
}

function isAnswer(value: unknown): value is { readonly accepted: number; readonly refused: readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'accepted' in value && 'refused' in value
}

function send(wire: ReportWire, sent: readonly Sent[]) {
  return wire.send(Buffer.concat(sent.map(({ bytes }) => bytes)), `Authorization: Bearer ${TOKEN}\r\n`)
}

/** @returns how far the totals in the folder are from those of the reports, summed over all that is counted. */
async function compare(folder: string, all: readonly Sent[]): Promise<number> {
  const expected = new Map<string, number>()
  const count = (map: Map<string, number>, key: string, by: number) => map.set(key, (map.get(key) ?? 0) + by)
  for (const { bytes } of all) {
    const room = `${new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true)}/${bytes[1]}/${bytes[2]}`
    count(expected, room, 1)
    for (const bucket of bucketsIn(bytes.subarray(32))) count(expected, `${room}/${bucket}`, 1)
  }
  const database = await openDatabase({ folder })
  try {
    const rows = await database.transaction((run) => run('SELECT epoch, metric, part, reports, counts FROM sotto.totals'))
    const found = new Map<string, number>()
    for (const { epoch, metric, part, reports, counts } of rows) {
      count(found, `${epoch}/${metric}/${part}`, Number(reports))
      if (Array.isArray(counts))
        for (const [bucket, one] of counts.entries()) count(found, `${epoch}/${metric}/${part}/${bucket}`, Number(one))
    }
    const keys = new Set([...expected.keys(), ...found.keys()])
    return [...keys].reduce((sum, key) => sum + Math.abs((expected.get(key) ?? 0) - (found.get(key) ?? 0)), 0)
  } finally {
    await database.close()
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
