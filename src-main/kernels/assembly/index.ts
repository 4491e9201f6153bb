/** Everything the workbench calls. */
export { copyRows, multiply, multiplyTransposed, packPanels, packPanelsTransposed, transpose } from './products'
export { candidateBack, openGates, resetBack, takeCandidate } from './gated-cell'
export { lstmStep, lstmStepBack } from './lstm'
export { addColumnSums, copyMatrix, gatherRows } from './rows'
export { tanhAll } from './tanh-all'
export { pairLoss, pairMaximumGradient, pairReading, unpackPanels } from './pairs'
export { adamMove, sumOfSquares } from './adam'
