type Numbers = Uint8Array | Int32Array | Float32Array | Float64Array

/** A column of numbers that grows as a file is read: twice the memory of its numbers at most, whatever the file's size. */
export interface Column<Kind extends Numbers> {
  push(value: number): void
  /** [pushed], a view that the next `push` may leave behind. */
  values(): Kind
}

const FIRST_LENGTH = 1_024

/** @param make gives a new array of zeros of the column's kind. */
export function createColumn<Kind extends Numbers>(make: (length: number) => Kind): Column<Kind> {
  let values = make(FIRST_LENGTH)
  let length = 0
  return {
    push(value) {
      if (length === values.length) {
        const longer = make(2 * length)
        longer.set(values)
        values = longer
      }
      values[length++] = value
    },
    values: () => values.subarray(0, length) as Kind, // a part of an array is of the array's kind
  }
}
