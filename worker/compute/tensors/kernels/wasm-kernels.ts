import { absConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Abs'
import { addConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Add'
import { addNConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/AddN'
import { argMaxConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/ArgMax'
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/BatchMatMul'
import { castConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Cast'
import { clipByValueConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/ClipByValue'
import { concatConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Concat'
import { conv2DConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Conv2D'
import { conv2DBackpropInputConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Conv2DBackpropInput'
import { cumsumConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Cumsum'
import { equalConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Equal'
import { erfConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Erf'
import { expConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Exp'
import { expandDimsConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/ExpandDims'
import { fillConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Fill'
import { greaterConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Greater'
import { greaterEqualConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/GreaterEqual'
import { identityConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Identity'
import { lessConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Less'
import { lessEqualConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/LessEqual'
import { logConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Log'
import { logicalAndConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/LogicalAnd'
import { logicalNotConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/LogicalNot'
import { logicalOrConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/LogicalOr'
import { maxConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Max'
import { maximumConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Maximum'
import { maxPoolConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/MaxPool'
import { maxPoolGradConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/MaxPoolGrad'
import { meanConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Mean'
import { minConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Min'
import { minimumConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Minimum'
import { multiplyConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Multiply'
import { negConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Neg'
import { notEqualConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/NotEqual'
import { oneHotConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/OneHot'
import { onesLikeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/OnesLike'
import { packConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Pack'
import { padV2Config } from '@tensorflow/tfjs-backend-wasm/dist/kernels/PadV2'
import { powConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Pow'
import { rangeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Range'
import { realDivConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/RealDiv'
import { reluConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Relu'
import { reshapeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Reshape'
import { rsqrtConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Rsqrt'
import { selectConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Select'
import { sigmoidConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Sigmoid'
import { sliceConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Slice'
import { softmaxConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Softmax'
import { softplusConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Softplus'
import { splitVConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/SplitV'
import { sqrtConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Sqrt'
import { squareConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Square'
import { squaredDifferenceConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/SquaredDifference'
import { stepConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Step'
import { subConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Sub'
import { sumConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Sum'
import { tanhConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Tanh'
import { tileConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Tile'
import { topKConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/TopK'
import { transposeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Transpose'
import { unpackConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Unpack'
import { zerosLikeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/ZerosLike'
import type { KernelConfig } from '@tensorflow/tfjs-core'

/** The kernels of tfjs' WebAssembly backend that `ops` and its gradients call, but for those of `ownKernels`. The package's own entry would bundle three times as many. */
export const wasmKernels: readonly KernelConfig[] = [
  absConfig,
  addConfig,
  addNConfig,
  argMaxConfig,
  batchMatMulConfig,
  castConfig,
  clipByValueConfig,
  concatConfig,
  conv2DConfig,
  conv2DBackpropInputConfig,
  cumsumConfig,
  equalConfig,
  erfConfig,
  expConfig,
  expandDimsConfig,
  fillConfig,
  greaterConfig,
  greaterEqualConfig,
  identityConfig,
  lessConfig,
  lessEqualConfig,
  logConfig,
  logicalAndConfig,
  logicalNotConfig,
  logicalOrConfig,
  maxConfig,
  maxPoolConfig,
  maxPoolGradConfig,
  maximumConfig,
  meanConfig,
  minConfig,
  minimumConfig,
  multiplyConfig,
  negConfig,
  notEqualConfig,
  oneHotConfig,
  onesLikeConfig,
  packConfig,
  padV2Config,
  powConfig,
  rangeConfig,
  realDivConfig,
  reluConfig,
  reshapeConfig,
  rsqrtConfig,
  selectConfig,
  sigmoidConfig,
  sliceConfig,
  softmaxConfig,
  softplusConfig,
  splitVConfig,
  sqrtConfig,
  squareConfig,
  squaredDifferenceConfig,
  stepConfig,
  subConfig,
  sumConfig,
  tanhConfig,
  tileConfig,
  topKConfig,
  transposeConfig,
  unpackConfig,
  zerosLikeConfig,
]
