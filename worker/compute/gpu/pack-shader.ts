import { CHUNK_ROWS, UNPACK } from './layout'

/** The shader's `Params`: rows in this slice, their dim, words a row, the slice's first row within its buffer and within the matrix. */
export type PackParams = readonly [rowCount: number, dim: number, wordCount: number, rowInPart: number, rowInMatrix: number]

/**
 * Puts a slice of the matrix, row-major bytes as they lie in memory, into the order of `layout.ts`, whatever the dim, and adds up the
 * squares of each row (exact in 32 bits up to a dim of 262,143). One workgroup a chunk, one thread a row.
 */
export const PACK_SHADER = /* wgsl */ `
struct Params { rowCount: u32, dim: u32, wordCount: u32, rowInPart: u32, rowInMatrix: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> bytes: array<u32>;
@group(0) @binding(2) var<storage, read_write> rows: array<u32>;
@group(0) @binding(3) var<storage, read_write> squares: array<u32>;

@compute @workgroup_size(${CHUNK_ROWS})
fn pack(@builtin(workgroup_id) chunk: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = chunk.x * ${CHUNK_ROWS}u + lane;
  if (row >= params.rowCount) { return; }
  let start = (params.rowInPart / ${CHUNK_ROWS}u + chunk.x) * params.wordCount * ${CHUNK_ROWS}u + lane;
  var sum = 0;
  for (var j = 0u; j < params.wordCount; j++) {
    let byte = row * params.dim + 4u * j;
    let shift = 8u * (byte % 4u);
    var word = bytes[byte / 4u] >> shift;
    if (shift > 0u) { word |= bytes[byte / 4u + 1u] << (32u - shift); }
    let left = params.dim - 4u * j;
    if (left < 4u) { word &= (1u << (8u * left)) - 1u; }
    rows[start + j * ${CHUNK_ROWS}u] = word;
    let values = ${UNPACK};
    sum += dot(values, values);
  }
  squares[params.rowInMatrix + row] = u32(sum);
}
`
