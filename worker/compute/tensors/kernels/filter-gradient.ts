/** Extents of a 2-D convolution without dilation, rows before columns; all whole, strides at least 1. */
type Convolution = {
  readonly batchSize: number
  readonly inHeight: number
  readonly inWidth: number
  readonly inChannels: number
  readonly outHeight: number
  readonly outWidth: number
  readonly outChannels: number
  readonly filterHeight: number
  readonly filterWidth: number
  readonly strideHeight: number
  readonly strideWidth: number
  /** Rows of zeros above and columns of zeros to the left. */
  readonly padTop: number
  readonly padLeft: number
}

/**
 * Gradient of a 2-D convolution with respect to its filter: for each place of the filter, the input under it times what flows back.
 * @param input [batch, inHeight, inWidth, inChannels]. @param outGradient [batch, outHeight, outWidth, outChannels]. Both row-major.
 * @param out [filterHeight, filterWidth, inChannels, outChannels]; overwritten.
 * Source: the convolution y[o] = sum over f of w[f] x[o * stride + f - pad], differentiated by w (Dumoulin, Visin: A guide to convolution
 * arithmetic for deep learning, 2016, section 2, has the index arithmetic). The innermost loop runs over neighbours in memory.
 */
export function filterGradient(input: Float32Array, outGradient: Float32Array, shape: Convolution, out: Float32Array): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth } = shape
  out.fill(0)
  for (let b = 0; b < batchSize; b++)
    for (let y = 0; y < outHeight; y++)
      for (let fy = 0; fy < filterHeight; fy++) {
        const row = y * shape.strideHeight + fy - shape.padTop
        if (row < 0 || row >= inHeight) continue
        for (let x = 0; x < outWidth; x++) {
          const gradientAt = ((b * outHeight + y) * outWidth + x) * outChannels
          for (let fx = 0; fx < filterWidth; fx++) {
            const column = x * shape.strideWidth + fx - shape.padLeft
            if (column < 0 || column >= inWidth) continue
            const inputAt = ((b * inHeight + row) * inWidth + column) * inChannels
            for (let i = 0; i < inChannels; i++) {
              const value = input[inputAt + i]!
              if (value === 0) continue
              const to = ((fy * filterWidth + fx) * inChannels + i) * outChannels
              for (let o = 0; o < outChannels; o++) out[to + o]! += value * outGradient[gradientAt + o]!
            }
          }
        }
      }
}
