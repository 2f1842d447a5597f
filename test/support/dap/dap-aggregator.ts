import { Buffer } from 'node:buffer'
import { Prio3Histogram } from '@divviup/prio3'
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { DapReader } from './dap-reader'
import type { DapReport } from './dap-report'
import { DapProblem, type DapTask } from './dap-task'

type Prepared = Awaited<ReturnType<Prio3Histogram['prepareInit']>>
type InputShare = Parameters<Prio3Histogram['prepareInit']>[5]
type Message = Awaited<ReturnType<Prio3Histogram['unshardPreparationShares']>>

const SUITE = () => new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() })
const FIELD_BYTES = 16
const SEED_BYTES = 16

/** One of the two: holds one share of each report and a sum of such shares, of which none says anything. */
export class DapAggregator {
  readonly #sums = new Map<string, { count: number; share: bigint[] }>()

  private constructor(
    /** As VDAF counts: the leader is 0, the helper 1. */
    private readonly place: 0 | 1,
    private readonly keys: CryptoKeyPair,
    private readonly configId: number,
    private readonly publicKey: Uint8Array,
  ) {}

  static async start(role: 'leader' | 'helper', configId: number): Promise<DapAggregator> {
    const { kem } = SUITE()
    const keys = await kem.generateKeyPair()
    const publicKey = new Uint8Array(await kem.serializePublicKey(keys.publicKey))
    return new DapAggregator(role === 'leader' ? 0 : 1, keys, configId, publicKey)
  }

  /** A list of one configuration (DAP-09, section 4.4.1). */
  keyConfigurations(): Uint8Array<ArrayBuffer> {
    const { kem, kdf, aead } = SUITE()
    const ids = [kem.id, kdf.id, aead.id].flatMap((id) => [id >> 8, id & 255])
    const config = [this.configId, ...ids, 0, this.publicKey.length, ...this.publicKey]
    return Uint8Array.from([config.length >> 8, config.length & 255, ...config])
  }

  /** Says how it would vote on the proof. @throws DapProblem as `open`. */
  async prepare(task: DapTask, report: DapReport): Promise<Prepared> {
    const vdaf = vdafOf(task)
    const reader = new DapReader(await this.open(task, report))
    if (reader.vector(2).length > 0) throw new DapProblem('invalidMessage', 'there are extensions, which nobody here knows')
    const payload = new DapReader(reader.vector(4))
    reader.end()
    const share = this.place === 0 ? leaderShare(payload, vdaf) : await helperShare(payload, vdaf)
    payload.end()
    return vdaf.prepareInit(Buffer.from(task.verifyKey), this.place, null, Buffer.from(report.nonce), publicShare(report), share)
  }

  /** Adds its output share to the sum of a batch. @throws where the proof did not hold. */
  commit(task: DapTask, batch: string, { preparationState }: Prepared, message: Message): void {
    const vdaf = vdafOf(task)
    const result = vdaf.prepareNext(preparationState, message)
    if (!('outputShare' in result)) throw new Error('Prio3 has one round')
    const { count, share } = this.#sums.get(batch) ?? { count: 0, share: vdaf.aggregate(null, []) }
    this.#sums.set(batch, { count: count + 1, share: vdaf.aggregate(null, [share, result.outputShare]) })
  }

  /** Its share of a batch's sum. */
  aggregateShare(task: DapTask, batch: string): { readonly count: number; readonly share: bigint[] } {
    return this.#sums.get(batch) ?? { count: 0, share: vdafOf(task).aggregate(null, []) }
  }

  /** Decrypts its share. @throws DapProblem where it was not meant for this aggregator, this task and all the rest of the report. */
  async open(task: DapTask, report: DapReport): Promise<Uint8Array> {
    const { configId, enc, payload } = this.place === 0 ? report.leader : report.helper
    if (configId !== this.configId) throw new DapProblem('outdatedConfig', `there is no key ${configId}`)
    // Client (1) to leader (2) or helper (3).
    const info = Buffer.concat([Buffer.from('dap-09 input share'), Buffer.from([1, 2 + this.place])])
    const length = new Uint8Array(4)
    new DataView(length.buffer).setUint32(0, report.publicShare.length)
    const aad = Buffer.concat([Buffer.from(task.id, 'base64url'), report.metadata, length, report.publicShare])
    try {
      return new Uint8Array(await SUITE().open({ recipientKey: this.keys.privateKey, enc, info }, payload, aad))
    } catch {
      throw new DapProblem('reportRejected', 'the share does not decrypt')
    }
  }
}

/** The VDAF of a task, for two aggregators. */
export function vdafOf({ histogram }: DapTask): Prio3Histogram {
  return new Prio3Histogram({ shares: 2, ...histogram })
}

/** Copied, since preparing writes into it. */
function publicShare({ publicShare }: DapReport): { jointRandParts: Buffer[] } {
  const reader = new DapReader(publicShare)
  const jointRandParts = [reader.take(SEED_BYTES), reader.take(SEED_BYTES)].map((part) => Buffer.from(part))
  reader.end()
  return { jointRandParts }
}

/** The leader is sent its shares in full. */
function leaderShare(payload: DapReader, { flp }: Prio3Histogram): InputShare {
  const measurement = payload.take(flp.measurementLen * FIELD_BYTES)
  const proofs = payload.take(flp.proofLen * FIELD_BYTES)
  return {
    measurementShare: flp.field.decode(measurement),
    proofsShare: flp.field.decode(proofs),
    wireMeasurementShare: Buffer.from(measurement),
    wireProofShare: Buffer.from(proofs),
    blind: Buffer.from(payload.take(SEED_BYTES)),
  }
}

/** The helper is sent seeds of its shares (VDAF-08, section 7.2.1; usages 1 and 2 of section 7.2). */
async function helperShare(payload: DapReader, vdaf: Prio3Histogram): Promise<InputShare> {
  const { flp, xof, proofs } = vdaf
  const measurement = payload.take(SEED_BYTES)
  const proof = payload.take(SEED_BYTES)
  const expand = (seed: Uint8Array, usage: number, binder: readonly number[], length: number) =>
    xof.expandIntoVec(flp.field, seed, vdaf.domainSeparationTag(usage), Uint8Array.from(binder), length)
  return {
    measurementShare: await expand(measurement, 1, [1], flp.measurementLen),
    proofsShare: await expand(proof, 2, [proofs, 1], flp.proofLen * proofs),
    wireMeasurementShare: Buffer.from(measurement),
    wireProofShare: Buffer.from(proof),
    blind: Buffer.from(payload.take(SEED_BYTES)),
  }
}
