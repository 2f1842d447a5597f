export type EncoderFiles = { readonly model: URL; readonly vocabulary: URL }

/**
 * Where the encoder's files lie, relative to this one. Literal expressions in a file of their own: builds find them, copy the files and put
 * their final addresses here.
 */
export function encoderFiles(): EncoderFiles {
  return {
    model: new URL('../text-encoder/model.safetensors.gz', import.meta.url),
    vocabulary: new URL('../text-encoder/vocabulary.txt.gz', import.meta.url),
  }
}
