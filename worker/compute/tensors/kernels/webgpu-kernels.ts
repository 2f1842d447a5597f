import { absConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Abs'
import { addConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Add'
import { addNConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/AddN'
import { argMaxConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/ArgMax'
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/BatchMatMul'
import { castConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Cast'
import { clipByValueConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/ClipByValue'
import { concatConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Concat'
import { conv2DConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Conv2D'
import { conv2DBackpropFilterConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Conv2DBackpropFilter'
import { conv2DBackpropInputConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Conv2DBackpropInput'
import { cumsumConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Cumsum'
import { equalConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Equal'
import { erfConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Erf'
import { expConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Exp'
import { expandDimsConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/ExpandDims'
import { fillConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Fill'
import { gatherV2Config } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/GatherV2'
import { greaterConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Greater'
import { greaterEqualConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/GreaterEqual'
import { identityConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Identity'
import { lessConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Less'
import { lessEqualConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/LessEqual'
import { logConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Log'
import { logicalAndConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/LogicalAnd'
import { logicalNotConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/LogicalNot'
import { logicalOrConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/LogicalOr'
import { maxConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Max'
import { maximumConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Maximum'
import { maxPoolConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/MaxPool'
import { maxPoolGradConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/MaxPoolGrad'
import { meanConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Mean'
import { minConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Min'
import { minimumConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Minimum'
import { multiplyConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Multiply'
import { negConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Neg'
import { notEqualConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/NotEqual'
import { oneHotConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/OneHot'
import { onesLikeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/OnesLike'
import { packConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Pack'
import { padV2Config } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/PadV2'
import { powConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Pow'
import { rangeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Range'
import { realDivConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/RealDiv'
import { reluConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Relu'
import { reshapeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Reshape'
import { rsqrtConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Rsqrt'
import { selectConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Select'
import { sigmoidConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sigmoid'
import { sliceConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Slice'
import { softmaxConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Softmax'
import { softplusConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Softplus'
import { splitVConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/SplitV'
import { sqrtConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sqrt'
import { squareConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Square'
import { squaredDifferenceConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/SquaredDifference'
import { stepConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Step'
import { subConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sub'
import { sumConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sum'
import { tanhConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Tanh'
import { tileConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Tile'
import { topKConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/TopK'
import { transposeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Transpose'
import { unpackConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Unpack'
import { unsortedSegmentSumConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/UnsortedSegmentSum'
import { zerosLikeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/ZerosLike'
import type { KernelConfig } from '@tensorflow/tfjs-core'

/** The kernels of tfjs' WebGPU backend that `ops` and its gradients call. The package's own entry would bundle three times as many. */
export const webgpuKernels: readonly KernelConfig[] = [
  absConfig,
  addConfig,
  addNConfig,
  argMaxConfig,
  batchMatMulConfig,
  castConfig,
  clipByValueConfig,
  concatConfig,
  conv2DConfig,
  conv2DBackpropFilterConfig,
  conv2DBackpropInputConfig,
  cumsumConfig,
  equalConfig,
  erfConfig,
  expConfig,
  expandDimsConfig,
  fillConfig,
  gatherV2Config,
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
  unsortedSegmentSumConfig,
  zerosLikeConfig,
]
