/** Functions of the built kernels, called with arguments by name; addresses and sizes are all numbers. */

/** Parameters of every function that assembly/index.ts exports, in the order of its declaration. */
const parameters = {
  multiply: 'a aStride panels target targetStride rows columns inner mode bias',
  multiplyTransposed: 'a aStride b bStride target targetStride rows columns inner mode scratch',
  packPanels: 'source stride rows columns target',
  packPanelsTransposed: 'source stride rows columns target',
  unpackPanels: 'panels rows columns target',
  transpose: 'source rows columns target',
  rectify: 'values count',
  copyRows: 'source sourceStride target targetStride rows columns',
  copyMatrix: 'source sourceStride target targetStride rows columns',
  addColumnSums: 'source rows columns sums',
  gatherRows: 'source count numbers target rows columns',
  tanhAll: 'source target count',
  lstmStep: 'gates product productWidth previous states activated cells rows width',
  lstmStepBack: 'gradient dStates dStatesWidth dCells previous activated cells dGates dGatesWidth rows width',
  openGates: 'gates stride shared update reset input inputWidth rows width',
  takeCandidate: 'gates stride shared update candidate out rows width',
  candidateBack: 'gradient shared update reset candidate dGates stride input inputWidth rows width',
  resetBack: 'gradient shared update reset dGates stride dInput dInputWidth input inputWidth rows width',
  adamMove:
    'count weight gradient first second newWeight newFirst newSecond rate correction scale decayFirst decaySecond epsilon',
  sumOfSquares: 'values count',
  divergence: 'count mean variance priorMean priorVariance',
  divergenceBack: 'count gradient mean variance priorMean priorVariance dMean dVariance dPriorMean dPriorVariance',
  pairLoss:
    'words d l left right panels backPanels bias mask cells count dLeft dRight dPanels dBias features logits start maximum winners',
  pairMaximumGradient: 'words d relations gradient winners left right columns dLeft dRight dColumns dBias',
  pairPrediction:
    'words d l relations left right panels bias features logits start maximum winners floor found values begin end',
} as const

type Parameters = typeof parameters
type Words<Text extends string> = Text extends `${infer Word} ${infer Rest}` ? Word | Words<Rest> : Text

/** A function without a result in AssemblyScript returns undefined. */
export type AssemblyFunctions = {
  readonly [Name in keyof Parameters]: (args: Readonly<Record<Words<Parameters[Name]>, number>>) => number
}

/**
 * The exported functions by name. @throws Error when one is missing or takes another number of arguments: the build is
 * of another version.
 */
export function assemblyFunctions(exports: object, file: string): AssemblyFunctions {
  const functions = Object.entries(parameters).map(([name, list]) => {
    const names = list.split(' ')
    const raw: unknown = exports[name as keyof typeof exports]
    if (typeof raw !== 'function' || raw.length !== names.length)
      throw new Error(
        `${file} is of another version: ${name} with ${names.length} arguments is missing. Run npm run build:kernels.`,
      )
    const run = raw as (...args: number[]) => number
    return [name, (args: Readonly<Record<string, number>>) => run(...names.map((key) => args[key] as number))]
  })
  return Object.fromEntries(functions) as AssemblyFunctions // the table has one entry for each
}
