/** Turns text into unit vectors; see `worker/text-encoder/README.md` for the rules. */
export interface Encoder {
  readonly dim: number
  /** [dim] with norm 1; all zeros where the text has no letter or digit. */
  encode(text: string): Float32Array
}
