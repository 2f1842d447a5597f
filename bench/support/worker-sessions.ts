import type { BrowserContext, CDPSession, Page } from 'playwright'

/** What a worker's heap holds, in bytes. */
export type HeapUse = {
  /** Objects of JavaScript. */
  readonly usedSize: number
  /** Array buffers, WebAssembly memories among them. */
  readonly backingStorageSize: number
}

/** The debugger's sight of the workers of a page. */
export type WorkerSessions = {
  /**
   * Bytes that a worker holds.
   * @param collect whether garbage goes first.
   */
  heapOf(name: string, collect: boolean): Promise<HeapUse>
}

type Attached = { readonly sessionId: string; readonly targetInfo: { readonly type: string; readonly title: string; readonly url: string } }

/** Attaches to each worker that the page starts from now on; they are found by the name they were given. */
export async function attachToWorkers(page: Page, context: BrowserContext): Promise<WorkerSessions> {
  const session: CDPSession = await context.newCDPSession(page)
  const sessions = new Map<string, string>()
  const waiting = new Map<number, (message: { readonly result?: unknown; readonly error?: { readonly message: string } }) => void>()
  let asked = 0
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }: Attached) => sessions.set(targetInfo.title, sessionId))
  session.on('Target.receivedMessageFromTarget', ({ message }: { readonly message: string }) => {
    const reply = JSON.parse(message)
    waiting.get(reply.id)?.(reply)
    waiting.delete(reply.id)
  })
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })

  async function send(name: string, method: string): Promise<unknown> {
    const sessionId = sessions.get(name)
    if (!sessionId) throw new Error(`no worker is called ${name}; there are: ${[...sessions.keys()].join(', ')}`)
    const id = ++asked
    const reply = new Promise<{ readonly result?: unknown; readonly error?: { readonly message: string } }>((resolve) =>
      waiting.set(id, resolve),
    )
    await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
    const { result, error } = await reply
    if (error) throw new Error(`${method}: ${error.message}`)
    return result
  }

  return {
    async heapOf(name, collect) {
      if (collect) await send(name, 'HeapProfiler.collectGarbage')
      return (await send(name, 'Runtime.getHeapUsage')) as HeapUse // what the protocol says it is
    },
  }
}
