import { type GradConfig, getGradient, registerGradient } from '@tensorflow/tfjs-core'
import { absGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Abs_grad'
import { addGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Add_grad'
import { addNGradConfig } from '@tensorflow/tfjs-core/dist/gradients/AddN_grad'
import { argMaxGradConfig } from '@tensorflow/tfjs-core/dist/gradients/ArgMax_grad'
import { castGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Cast_grad'
import { clipByValueGradConfig } from '@tensorflow/tfjs-core/dist/gradients/ClipByValue_grad'
import { concatGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Concat_grad'
import { conv2DGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Conv2D_grad'
import { conv2DBackpropInputGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Conv2DBackpropInput_grad'
import { cumsumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Cumsum_grad'
import { erfGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Erf_grad'
import { expGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Exp_grad'
import { expandDimsGradConfig } from '@tensorflow/tfjs-core/dist/gradients/ExpandDims_grad'
import { gatherGradConfig } from '@tensorflow/tfjs-core/dist/gradients/GatherV2_grad'
import { greaterEqualGradConfig } from '@tensorflow/tfjs-core/dist/gradients/GreaterEqual_grad'
import { identityGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Identity_grad'
import { logGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Log_grad'
import { maxGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Max_grad'
import { maximumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Maximum_grad'
import { maxPoolGradConfig } from '@tensorflow/tfjs-core/dist/gradients/MaxPool_grad'
import { meanGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Mean_grad'
import { minGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Min_grad'
import { minimumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Minimum_grad'
import { multiplyGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Multiply_grad'
import { negGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Neg_grad'
import { oneHotGradConfig } from '@tensorflow/tfjs-core/dist/gradients/OneHot_grad'
import { onesLikeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/OnesLike_grad'
import { packGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Pack_grad'
import { padV2GradConfig } from '@tensorflow/tfjs-core/dist/gradients/PadV2_grad'
import { powGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Pow_grad'
import { divGradConfig } from '@tensorflow/tfjs-core/dist/gradients/RealDiv_grad'
import { reluGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Relu_grad'
import { reshapeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Reshape_grad'
import { rsqrtGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Rsqrt_grad'
import { selectGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Select_grad'
import { sigmoidGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sigmoid_grad'
import { sliceGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Slice_grad'
import { softmaxGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Softmax_grad'
import { softplusGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Softplus_grad'
import { splitVGradConfig } from '@tensorflow/tfjs-core/dist/gradients/SplitV_grad'
import { sqrtGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sqrt_grad'
import { squareGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Square_grad'
import { squaredDifferenceGradConfig } from '@tensorflow/tfjs-core/dist/gradients/SquaredDifference_grad'
import { stepGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Step_grad'
import { subGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sub_grad'
import { sumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sum_grad'
import { tanhGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Tanh_grad'
import { tileGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Tile_grad'
import { transposeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Transpose_grad'
import { unpackGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Unpack_grad'
import { unsortedSegmentSumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/UnsortedSegmentSum_grad'
import { zerosLikeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/ZerosLike_grad'
import { matMulGradConfig } from './mat-mul-gradient'

const GRADIENTS: readonly GradConfig[] = [
  absGradConfig,
  addGradConfig,
  addNGradConfig,
  argMaxGradConfig,
  matMulGradConfig,
  castGradConfig,
  clipByValueGradConfig,
  concatGradConfig,
  conv2DGradConfig,
  conv2DBackpropInputGradConfig,
  cumsumGradConfig,
  erfGradConfig,
  expGradConfig,
  expandDimsGradConfig,
  gatherGradConfig,
  greaterEqualGradConfig,
  identityGradConfig,
  logGradConfig,
  maxGradConfig,
  maxPoolGradConfig,
  maximumGradConfig,
  meanGradConfig,
  minGradConfig,
  minimumGradConfig,
  multiplyGradConfig,
  negGradConfig,
  oneHotGradConfig,
  onesLikeGradConfig,
  packGradConfig,
  padV2GradConfig,
  powGradConfig,
  divGradConfig,
  reluGradConfig,
  reshapeGradConfig,
  rsqrtGradConfig,
  selectGradConfig,
  sigmoidGradConfig,
  sliceGradConfig,
  softmaxGradConfig,
  softplusGradConfig,
  splitVGradConfig,
  sqrtGradConfig,
  squareGradConfig,
  squaredDifferenceGradConfig,
  stepGradConfig,
  subGradConfig,
  sumGradConfig,
  tanhGradConfig,
  tileGradConfig,
  transposeGradConfig,
  unpackGradConfig,
  unsortedSegmentSumGradConfig,
  zerosLikeGradConfig,
]

/** Tells tfjs how each kernel that `ops` calls and that has a gradient flows back; by itself it knows none. Twice does no more than once. */
export function registerGradients(): void {
  for (const gradient of GRADIENTS) if (!getGradient(gradient.kernelName)) registerGradient(gradient)
}
