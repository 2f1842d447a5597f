import type { GpuLease } from '../gpu-service'
import type { VectorMatrix } from '../vector-index'
import { BufferSet } from './buffer-set'
import { BUFFER_USAGE } from './flags'
import { gpuFailure } from './gpu-failure'
import { guarded } from './guarded'
import { CHUNK_ROWS, wordsPerRow } from './layout'
import { PACK_SHADER, type PackParams } from './pack-shader'
import { pipelineFor } from './pipeline-for'
import { ReadPool } from './read-pool'

/** Sent to the device at a time: requests in between wait for the copying of so many bytes at most. */
const SLICE_BYTES = 4 * 2 ** 20

/** Rows that lie in one buffer, in the order of `layout.ts`. */
type RowsPart = { readonly buffer: GPUBuffer; readonly firstRow: number; readonly rowCount: number }

/** A matrix on the device. */
export type DeviceRows = {
  /** One where the device's limits allow. */
  readonly parts: readonly RowsPart[]
  /** [count], divided by `maxNorm`, so that the scores of a query of norm 1 lie in [-1, 1] whatever the scales. */
  readonly scales: GPUBuffer
  /** Norm of the longest row, its scale included; 0 where all rows are zeros. */
  readonly maxNorm: number
}

/**
 * Puts a matrix on the device, a slice at a time: it takes one byte a value there, and four a row for its scale.
 * @param matrix its rows must not change.
 * @param partBytes most that a buffer may hold.
 * @param buffers gets the buffers; what it gets, also where this fails, is the caller's to free.
 * @throws SottoError `compute-failed`: too little memory, limits too low, or rows that did not arrive.
 */
export async function uploadRows(lease: GpuLease, matrix: VectorMatrix, partBytes: number, buffers: BufferSet): Promise<DeviceRows> {
  const { count, dim } = matrix
  const wordCount = wordsPerRow(dim)
  const chunkBytes = wordCount * 4 * CHUNK_ROWS
  const limit = lease.device.limits.maxStorageBufferBindingSize
  if (chunkBytes > partBytes) throw gpuFailure(`${CHUNK_ROWS} rows of dim ${dim} take ${chunkBytes} bytes, a buffer holds ${partBytes}`)
  if (count * 4 > limit) throw gpuFailure(`the scales of ${count} rows take ${count * 4} bytes, a buffer holds ${limit}`)
  const partRows = Math.floor(partBytes / chunkBytes) * CHUNK_ROWS
  const sliceRows = Math.ceil(Math.min(count, Math.max(1, SLICE_BYTES / dim)) / CHUNK_ROWS) * CHUNK_ROWS
  const temporary = new BufferSet(lease.device)
  const reads = new ReadPool(lease.device)
  try {
    const pipeline = await pipelineFor(lease, 'pack', () => PACK_SHADER)
    const made = await guarded(lease, async () => {
      const { STORAGE, COPY_DST, COPY_SRC, UNIFORM } = BUFFER_USAGE
      const parts: RowsPart[] = []
      for (let firstRow = 0; firstRow < count; firstRow += partRows) {
        const rowCount = Math.min(partRows, count - firstRow)
        parts.push({ firstRow, rowCount, buffer: buffers.make(Math.ceil(rowCount / CHUNK_ROWS) * chunkBytes, STORAGE) })
      }
      return {
        parts,
        scales: buffers.make(count * 4, STORAGE | COPY_DST),
        // A row's last word may begin in the slice's last bytes and is read with the word after it.
        slice: temporary.make(sliceRows * dim + 8, STORAGE | COPY_DST),
        squares: temporary.make(count * 4, STORAGE | COPY_SRC),
        params: temporary.make(5 * 4, UNIFORM | COPY_DST),
      }
    })
    const { parts, scales, slice, squares, params } = made
    for (const part of parts) {
      for (let rowInPart = 0; rowInPart < part.rowCount; rowInPart += sliceRows) {
        const rowCount = Math.min(sliceRows, part.rowCount - rowInPart)
        const rowInMatrix = part.firstRow + rowInPart
        await guarded(lease, async (device) => {
          const values: PackParams = [rowCount, dim, wordCount, rowInPart, rowInMatrix]
          device.queue.writeBuffer(params, 0, new Uint32Array(values))
          device.queue.writeBuffer(slice, 0, wholeWords(matrix.vectors.subarray(rowInMatrix * dim, (rowInMatrix + rowCount) * dim)))
          const encoder = device.createCommandEncoder()
          const pass = encoder.beginComputePass()
          pass.setPipeline(pipeline)
          const entries = [params, slice, part.buffer, squares].map((buffer, binding) => ({ binding, resource: { buffer } }))
          pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }))
          pass.dispatchWorkgroups(Math.ceil(rowCount / CHUNK_ROWS))
          pass.end()
          device.queue.submit([encoder.finish()])
          await device.queue.onSubmittedWorkDone()
        })
      }
    }
    const sums = await guarded(lease, (device) => reads.read(device, device.createCommandEncoder(), squares, Math.max(4, count * 4)))
    const maxNorm = longestNorm(matrix, new Uint32Array(sums))
    await guarded(lease, async (device) => {
      if (maxNorm > 0)
        device.queue.writeBuffer(
          scales,
          0,
          matrix.scales.subarray(0, count).map((scale) => scale / maxNorm),
        )
    })
    return { parts, scales, maxNorm }
  } finally {
    temporary.freeAll()
    reads.close()
  }
}

/** The bytes as they are, or a copy with zeros behind: only whole words can be sent. */
function wholeWords(bytes: Int8Array): Int8Array {
  if (bytes.length % 4 === 0) return bytes
  const padded = new Int8Array(Math.ceil(bytes.length / 4) * 4)
  padded.set(bytes)
  return padded
}

/** Norm of the longest row, from the sums of squares that the device found; those of a few rows are compared with the CPU's. */
function longestNorm({ count, dim, vectors, scales }: VectorMatrix, squares: Uint32Array): number {
  const step = Math.max(1, Math.floor(count / 16))
  for (let i = count - 1; i >= 0; i -= step) {
    const sum = vectors.subarray(i * dim, (i + 1) * dim).reduce((total, value) => total + value * value, 0)
    if (sum !== squares[i]) throw gpuFailure('rows arrived there changed')
  }
  let longest = 0
  for (let i = 0; i < count; i++) longest = Math.max(longest, Math.sqrt(squares[i]!) * scales[i]!)
  return longest
}
