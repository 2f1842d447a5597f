import { CHUNK_ROWS, UNPACK } from './layout'

/** Queries that the wide form scores with one reading of a row. */
export const WIDE_TILE = 4
/** Queries that a workgroup answers: the narrow form of the shader, or the wide one. */
export type Tile = 1 | typeof WIDE_TILE

/** Most that a workgroup can keep for a query: one a thread. */
export const MAX_KEEP = CHUNK_ROWS

/** In place of a score where nothing was kept: below all scores, which lie in [-1, 1]. */
export const EMPTY = -3

/** The shader's `Params`, of one part of the matrix (`DeviceRows`) and one call. */
export type ScanParams = readonly [
  rowCount: number,
  /** Index of the part's first row. */
  firstRow: number,
  wordCount: number,
  /** Workgroups of this part, those before it, and those of all parts. */
  groupCount: number,
  firstGroup: number,
  groupTotal: number,
  /** Kept by a workgroup for each query: a power of two, at most `MAX_KEEP`. */
  keep: number,
  queryCount: number,
  /** 1 where `excluded` holds, else 0. */
  isMasked: number,
]

/**
 * Scores rows against queries and keeps the best of each workgroup. Workgroup (x, y) takes every `groupCount`-th chunk from x on, one row a
 * thread, for queries `tile * y` and on. For each query it holds a list of `keep` rows in its own memory, best first. A chunk in which no
 * score exceeds the list's last costs one comparison a row; any other is sorted by a bitonic network (Batcher, Sorting networks and their
 * applications, 1968), and the better halves of list and chunk are merged into the new list.
 *
 * `queries` is [ceil(queryCount / tile), wordCount, tile, 4], zeros beyond the last query; `out` is [queryCount, groupTotal, keep] pairs of
 * score (its bits) and row. Of equal scores any may be kept.
 */
export function scanShader(tile: Tile): string {
  const isWide = tile > 1
  return /* wgsl */ `
alias Block = ${isWide ? 'mat4x4f' : 'vec4f'};
alias Score = ${isWide ? 'vec4f' : 'f32'};
struct Params {
  rowCount: u32, firstRow: u32, wordCount: u32, groupCount: u32, firstGroup: u32, groupTotal: u32, keep: u32, queryCount: u32, isMasked: u32,
}
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> rows: array<u32>;
@group(0) @binding(2) var<storage, read> scales: array<f32>;
@group(0) @binding(3) var<storage, read> queries: array<Block>;
@group(0) @binding(4) var<storage, read> excluded: array<u32>;
@group(0) @binding(5) var<storage, read_write> out: array<vec2u>;

const SIZE = ${CHUNK_ROWS}u;
const EMPTY = f32(${EMPTY});
var<workgroup> listScores: array<f32, ${tile * CHUNK_ROWS}>;
var<workgroup> listRows: array<u32, ${tile * CHUNK_ROWS}>;
var<workgroup> scores: array<f32, SIZE>;
var<workgroup> indices: array<u32, SIZE>;
var<workgroup> lastBetter: atomic<u32>;
var<workgroup> isBetter: u32;

// Merges a score of each thread into the list that begins at \`list\`. \`turn\`: another number, above 0, at each call.
fn offer(list: u32, score: f32, row: u32, lane: u32, turn: u32) {
  workgroupBarrier();
  if (score > listScores[list + params.keep - 1u]) { atomicStore(&lastBetter, turn); }
  workgroupBarrier();
  if (lane == 0u) { isBetter = select(0u, 1u, atomicLoad(&lastBetter) == turn); }
  if (workgroupUniformLoad(&isBetter) == 0u) { return; }
  scores[lane] = score;
  indices[lane] = row;
  for (var size = 2u; size <= SIZE; size *= 2u) {
    for (var stride = size / 2u; stride > 0u; stride /= 2u) {
      workgroupBarrier();
      let other = lane ^ stride;
      if (other > lane && (scores[lane] < scores[other]) == ((lane & size) == 0u)) {
        let score = scores[lane];
        scores[lane] = scores[other];
        scores[other] = score;
        let index = indices[lane];
        indices[lane] = indices[other];
        indices[other] = index;
      }
    }
  }
  workgroupBarrier();
  // The best of two sorted lists, one of them turned round: they come as one bitonic sequence.
  if (lane < params.keep) {
    let rival = params.keep - 1u - lane;
    if (scores[rival] > listScores[list + lane]) {
      listScores[list + lane] = scores[rival];
      listRows[list + lane] = indices[rival];
    }
  }
  for (var stride = params.keep / 2u; stride > 0u; stride /= 2u) {
    workgroupBarrier();
    let other = lane ^ stride;
    if (lane < params.keep && other > lane && listScores[list + lane] < listScores[list + other]) {
      let score = listScores[list + lane];
      listScores[list + lane] = listScores[list + other];
      listScores[list + other] = score;
      let row = listRows[list + lane];
      listRows[list + lane] = listRows[list + other];
      listRows[list + other] = row;
    }
  }
}

@compute @workgroup_size(${CHUNK_ROWS})
fn scan(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let firstQuery = group.y * ${tile}u;
  let queryCount = min(${tile}u, params.queryCount - firstQuery);
  for (var q = 0u; q < queryCount; q++) { listScores[q * SIZE + lane] = EMPTY; }
  let chunkCount = (params.rowCount + SIZE - 1u) / SIZE;
  for (var chunk = group.x; chunk < chunkCount; chunk += params.groupCount) {
    let start = chunk * params.wordCount * SIZE + lane;
    var sum = Score();
    for (var j = 0u; j < params.wordCount; j++) {
      let word = rows[start + j * SIZE];
      let values = vec4f(${UNPACK});
      sum += ${isWide ? 'values * queries[group.y * params.wordCount + j]' : 'dot(values, queries[group.y * params.wordCount + j])'};
    }
    let rowInPart = chunk * SIZE + lane;
    let row = params.firstRow + rowInPart;
    var isCandidate = rowInPart < params.rowCount;
    if (isCandidate && params.isMasked != 0u) { isCandidate = ((excluded[row / 32u] >> (row % 32u)) & 1u) == 0u; }
    sum *= scales[row];
    for (var q = 0u; q < queryCount; q++) {
      offer(q * SIZE, select(EMPTY, ${isWide ? 'sum[q]' : 'sum'}, isCandidate), row, lane, chunk * ${tile}u + q + 1u);
    }
  }
  workgroupBarrier();
  if (lane < params.keep) {
    for (var q = 0u; q < queryCount; q++) {
      let at = ((firstQuery + q) * params.groupTotal + params.firstGroup + group.x) * params.keep + lane;
      out[at] = vec2u(bitcast<u32>(listScores[q * SIZE + lane]), listRows[q * SIZE + lane]);
    }
  }
}
`
}
