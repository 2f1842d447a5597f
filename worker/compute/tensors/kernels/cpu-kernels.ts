import { absConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Abs'
import { addConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Add'
import { addNConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/AddN'
import { argMaxConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/ArgMax'
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/BatchMatMul'
import { castConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Cast'
import { clipByValueConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/ClipByValue'
import { concatConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Concat'
import { conv2DConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Conv2D'
import { conv2DBackpropInputConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Conv2DBackpropInput'
import { cumsumConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Cumsum'
import { equalConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Equal'
import { erfConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Erf'
import { expConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Exp'
import { expandDimsConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/ExpandDims'
import { fillConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Fill'
import { greaterConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Greater'
import { greaterEqualConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/GreaterEqual'
import { identityConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Identity'
import { lessConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Less'
import { lessEqualConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/LessEqual'
import { logConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Log'
import { logicalAndConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/LogicalAnd'
import { logicalNotConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/LogicalNot'
import { logicalOrConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/LogicalOr'
import { maxConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Max'
import { maximumConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Maximum'
import { maxPoolConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/MaxPool'
import { maxPoolGradConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/MaxPoolGrad'
import { meanConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Mean'
import { minConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Min'
import { minimumConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Minimum'
import { multiplyConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Multiply'
import { negConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Neg'
import { notEqualConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/NotEqual'
import { oneHotConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/OneHot'
import { onesLikeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/OnesLike'
import { packConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Pack'
import { padV2Config } from '@tensorflow/tfjs-backend-cpu/dist/kernels/PadV2'
import { powConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Pow'
import { rangeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Range'
import { realDivConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/RealDiv'
import { reluConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Relu'
import { reshapeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Reshape'
import { rsqrtConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Rsqrt'
import { selectConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Select'
import { sigmoidConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Sigmoid'
import { sliceConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Slice'
import { softmaxConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Softmax'
import { softplusConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Softplus'
import { splitVConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/SplitV'
import { sqrtConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Sqrt'
import { squareConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Square'
import { squaredDifferenceConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/SquaredDifference'
import { stepConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Step'
import { subConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Sub'
import { sumConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Sum'
import { tanhConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Tanh'
import { tileConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Tile'
import { topKConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/TopK'
import { transposeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Transpose'
import { unpackConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Unpack'
import { zerosLikeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/ZerosLike'
import type { KernelConfig } from '@tensorflow/tfjs-core'

/** The kernels of tfjs' JavaScript backend that `ops` and its gradients call, but for those of `ownKernels`. The package's own entry would bundle three times as many. */
export const cpuKernels: readonly KernelConfig[] = [
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
