/** Functions that the workbench calls; their parameters are listed in wasm/assembly-functions.ts. */
export {
  copyRows,
  multiply,
  multiplyTransposed,
  packPanels,
  packPanelsTransposed,
  rectify,
  transpose,
} from './products'
export { candidateBack, openGates, resetBack, takeCandidate } from './gated-cell'
export { lstmStep, lstmStepBack } from './lstm'
export { addColumnSums, copyMatrix, gatherRows } from './rows'
export { tanhAll } from './tanh-all'
export { pairLoss, unpackPanels } from './pairs-loss'
export { pairMaximumGradient } from './pairs-maximum'
export { pairPrediction } from './pairs-prediction'
export { adamMove, sumOfSquares } from './adam'
export { divergence, divergenceBack } from './divergence'
