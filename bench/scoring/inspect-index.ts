import type { Contest } from '../support/contest'

const CHUNKS = 20

/**
 * Bytes of garbage that a task makes a run. What is collected in between is not missed: growth is summed over short stretches; what the
 * debugger's own questions leave is measured without runs and taken off.
 */
export async function garbagePerRun(contest: Contest, name: string, task: string, runs: number): Promise<number> {
  const perChunk = Math.ceil(runs / CHUNKS)
  const grown = async (times: number) => {
    await contest.heaps.heapOf(name, true)
    let bytes = 0
    for (let chunk = 0; chunk < CHUNKS; chunk++) {
      const before = await contest.heaps.heapOf(name, false)
      await contest.repeat(name, task, times)
      const after = await contest.heaps.heapOf(name, false)
      bytes += Math.max(0, after.usedSize - before.usedSize)
    }
    return bytes
  }
  // Code is compiled while it runs at first, and the code of the questions themselves.
  await contest.repeat(name, task, runs)
  await grown(0)
  const [idle, busy] = [await grown(0), await grown(perChunk)]
  return Math.max(0, busy - idle) / (CHUNKS * perChunk)
}

/**
 * Bytes that an index holds: its WebAssembly memory, and every array buffer that its worker has and one without an index has not.
 * @param idle name of a worker that loaded the same sources and was given the same dataset, but holds no index.
 */
export async function indexBytes(contest: Contest, name: string, idle: string, wasmBytes: number): Promise<number> {
  const own = await contest.heaps.heapOf(name, true)
  const none = await contest.heaps.heapOf(idle, true)
  return wasmBytes + Math.max(0, own.backingStorageSize - none.backingStorageSize)
}
