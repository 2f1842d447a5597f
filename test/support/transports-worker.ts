import { createDapTransport } from '../../worker/signals/transports/dap'
import { createObliviousTransport } from '../../worker/signals/transports/oblivious'
import type { Answer, SendOutcome, Transport } from '../../worker/signals/transports/transport'

/** What the worker is asked: to prepare and send each answer; the relay's stand-in for `prepare` gives reports of 40 equal bytes, the bucket. */
export type TransportsJob = {
  readonly answers: readonly Answer[]
  readonly oblivious?: { readonly relay: string; readonly keys: string; readonly collector: string }
}

/** What it says: the outcomes, in order, and the sizes of what was prepared. */
export type TransportsDone = { readonly outcomes: readonly SendOutcome[]; readonly sizes: readonly number[] }

async function run({ answers, oblivious }: TransportsJob): Promise<TransportsDone> {
  const send = (url: string, init: RequestInit) => fetch(url, init)
  const local = { prepare: async ({ bucket }: Answer) => new Uint8Array(40).fill(bucket) }
  const transport: Transport = oblivious
    ? createObliviousTransport({ ...oblivious, local, fetch: send })
    : createDapTransport({ fetch: send })
  const outcomes: SendOutcome[] = []
  const sizes: number[] = []
  for (const answer of answers) {
    const body = await transport.prepare(answer)
    sizes.push(body.length)
    outcomes.push(await transport.send(body))
  }
  return { outcomes, sizes }
}

self.onmessage = async ({ data }: MessageEvent<TransportsJob>) => self.postMessage(await run(data))
