import { bytes, type Field, float, integer, message, text } from './protobuf'

/** Numbers of fields and of types: onnx/onnx.proto of ONNX 1.17 (IR version 8 and later); operators of opset 17. */
const IR_VERSION = 8
const OPSET = 17
const FLOAT = 1
const INT64 = 7
const ATTRIBUTE = { float: 1, int: 2, ints: 7 } as const

/** A constant of a graph. Whole numbers are written as int64, as `Reshape` takes them. */
export type Constant = { readonly shape: readonly number[]; readonly values: Float32Array | Int32Array }

/** One operator: its name in ONNX, what it reads and the one thing that it makes. */
export type Operation = {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly output: string
  /** Whole numbers are written as `ints` or `int`, `epsilon` and the like as `float`. */
  readonly attributes?: Readonly<Record<string, number | readonly number[] | { readonly float: number }>>
}

export type Graph = {
  readonly operations: readonly Operation[]
  readonly constants: Readonly<Record<string, Constant>>
  /** Name and shape of one row; rows come before. */
  readonly input: { readonly name: string; readonly shape: readonly number[] }
  readonly output: { readonly name: string; readonly shape: readonly number[] }
}

/** A graph as an ONNX file, with any number of rows. */
export function onnxFile(graph: Graph): Uint8Array {
  const { operations, constants, input, output } = graph
  const graphFields = [
    ...operations.map((operation) => message(1, nodeFields(operation))),
    text(2, 'bench'),
    ...Object.entries(constants).map(([name, constant]) => message(5, tensorFields(name, constant))),
    message(11, valueFields(input)),
    message(12, valueFields(output)),
  ]
  const opset = [text(1, ''), integer(2, OPSET)]
  return Uint8Array.from([integer(1, IR_VERSION), message(7, graphFields), message(8, opset)].flat())
}

/** NodeProto. */
function nodeFields({ operator, inputs, output, attributes = {} }: Operation): Field[] {
  return [
    ...inputs.map((name) => text(1, name)),
    text(2, output),
    text(4, operator),
    ...Object.entries(attributes).map(([name, value]) => message(5, attributeFields(name, value))),
  ]
}

/** AttributeProto. */
function attributeFields(name: string, value: number | readonly number[] | { readonly float: number }): Field[] {
  if (typeof value === 'number') return [text(1, name), integer(3, value), integer(20, ATTRIBUTE.int)]
  if ('float' in value) return [text(1, name), float(2, value.float), integer(20, ATTRIBUTE.float)]
  return [text(1, name), ...value.map((one) => integer(8, one)), integer(20, ATTRIBUTE.ints)]
}

/** TensorProto, its values as raw bytes, the lowest byte first. */
function tensorFields(name: string, { shape, values }: Constant): Field[] {
  const isFloat = values instanceof Float32Array
  const raw = isFloat ? values.slice() : BigInt64Array.from(values, BigInt)
  return [
    ...shape.map((extent) => integer(1, extent)),
    integer(2, isFloat ? FLOAT : INT64),
    text(8, name),
    bytes(9, new Uint8Array(raw.buffer)),
  ]
}

/** ValueInfoProto of a float tensor, [rows, ...shape]. */
function valueFields({ name, shape }: { readonly name: string; readonly shape: readonly number[] }): Field[] {
  const dimensions = [message(1, [text(2, 'rows')]), ...shape.map((extent) => message(1, [integer(1, extent)]))]
  const tensorType = [integer(1, FLOAT), message(2, dimensions)]
  return [text(1, name), message(2, [message(1, tensorType)])]
}
