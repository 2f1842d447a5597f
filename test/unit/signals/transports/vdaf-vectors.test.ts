import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Prio3Count, Prio3Histogram, Prio3Sum, Prio3SumVec } from '@divviup/prio3'
import { describe, expect, test } from 'vitest'

/** Test vectors of draft-irtf-cfrg-vdaf-08 as libprio-rs publishes them (MPL-2.0), which are data and so not part of this repository. */
const FOLDER = join(process.env.SOTTO_DATA ?? join(import.meta.dirname, '../../../../../shared/data'), 'vdaf-08')
const hasVectors = existsSync(FOLDER)
if (!hasVectors) console.warn(`Prio3 is not held against the public vectors: there is no ${FOLDER}; name its folder in SOTTO_DATA`)

type Vector = {
  readonly shares: number
  readonly verify_key: string
  readonly length?: number
  readonly chunk_length?: number
  readonly bits?: number
  readonly prep: readonly { readonly measurement: unknown; readonly nonce: string; readonly rand: string }[]
}

/** The instance that a file's name and parameters ask for, with its run. Measurements are as the file has them. */
function runOf(name: string, { shares, length = 0, chunk_length: chunkLength = 0, bits = 0, verify_key, prep }: Vector) {
  const given = {
    aggregationParameter: null,
    verifyKey: Buffer.from(verify_key, 'hex'),
    nonces: prep.map(({ nonce }) => Buffer.from(nonce, 'hex')),
    rands: prep.map(({ rand }) => Buffer.from(rand, 'hex')),
  }
  const measurements = prep.map(({ measurement }) => measurement)
  switch (name.split('_')[0]) {
    case 'Prio3Count':
      return new Prio3Count({ shares }).run({ ...given, measurements: measurements.map(Boolean) })
    case 'Prio3Sum':
      return new Prio3Sum({ shares, bits }).run({ ...given, measurements: measurements.map(Number) })
    case 'Prio3Histogram':
      return new Prio3Histogram({ shares, length, chunkLength }).run({ ...given, measurements: measurements.map(Number) })
    case 'Prio3SumVec':
      return new Prio3SumVec({ shares, length, chunkLength, bits }).run({ ...given, measurements: measurements as number[][] }) // As the files of this kind are.
    default:
      throw new Error(`${name}.json is of a kind that is not known`)
  }
}

/** What is compared: all that a run says, beside its parameters. Counts are booleans here and numbers there, sums whole numbers of another type. */
function told({ prep, agg_shares, agg_result }: Awaited<ReturnType<typeof runOf>>): unknown {
  return { agg_shares, agg_result: plain(agg_result), prep: prep.map((one) => ({ ...one, measurement: plain(one.measurement) })) }
}

function plain(value: unknown): unknown {
  return typeof value === 'boolean' || typeof value === 'bigint' ? Number(value) : value
}

describe.runIf(hasVectors)('Prio3 as it is used gives what VDAF draft 08 publishes, byte for byte', () => {
  const names = hasVectors ? readdirSync(FOLDER).map((file) => file.replace('.json', '')) : []

  test('the ones that matter are there', () => {
    expect(names).toEqual(expect.arrayContaining(['Prio3Count_0', 'Prio3Sum_0', 'Prio3Histogram_0', 'Prio3Histogram_1']))
  })

  test.each(names)('%s: shares, proofs, messages and sums', async (name) => {
    const vector = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'))
    expect(vector.prep.length).toBeGreaterThan(0)
    expect(told(await runOf(name, vector))).toEqual(told(vector))
  })
})
