/** The pair scorer in plain float64 JavaScript with its gradients written out, so that wide shapes stay quick to check. */

/** What is scored: left and right [k, d], kernel [d, l], bias [l]. */
export interface PairNumbers {
  readonly left: Float32Array
  readonly right: Float32Array
  readonly kernel: Float32Array
  readonly bias: Float32Array
}

/** Packed rows of a pair, and one number for every relation type. */
export interface PairRow {
  readonly subject: number
  readonly object: number
  readonly values: Float64Array
}

/** Logits of all pairs inside each sentence, in the order of their rows. */
export function logitsOfPairs(numbers: PairNumbers, lengths: readonly number[]): PairRow[] {
  return pairsOf(lengths).map(({ subject, object }) => {
    const values = Float64Array.from(numbers.bias)
    const features = featuresOf(numbers, subject, object)
    for (const [at, feature] of features.entries()) {
      if (feature === 0) continue
      for (let relation = 0; relation < values.length; relation++)
        values[relation]! += feature * numbers.kernel[at * values.length + relation]!
    }
    return { subject, object, values }
  })
}

/** Sum of softplus(z) - z y, and its gradient of every logit. cells: distinct subject row, object row, relation. */
export function lossOfPairs(
  logits: readonly PairRow[],
  cells: readonly number[],
): { readonly loss: number; readonly gradients: PairRow[] } {
  const held = new Set<string>()
  for (let at = 0; at < cells.length; at += 3) held.add(cells.slice(at, at + 3).join())
  let loss = 0
  const gradients = logits.map(({ subject, object, values }) => ({
    subject,
    object,
    values: values.map((z, relation) => {
      const y = held.has([subject, object, relation].join()) ? 1 : 0
      loss += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - z * y
      return 1 / (1 + Math.exp(-z)) - y
    }),
  }))
  return { loss, gradients }
}

/** Gradients of left, right, kernel and bias from those of logits; pairs that are missing have none. */
export function backThroughPairs(numbers: PairNumbers, gradients: readonly PairRow[]): Float64Array[] {
  const { left, right, kernel, bias } = numbers
  const [dLeft, dRight, dKernel, dBias] = [left, right, kernel, bias].map(({ length }) => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (const { subject, object, values } of gradients) {
    const features = featuresOf(numbers, subject, object)
    for (const [relation, value] of values.entries()) dBias[relation]! += value
    for (const [at, feature] of features.entries()) {
      if (feature === 0) continue
      let back = 0
      for (const [relation, value] of values.entries()) {
        back += value * kernel[at * bias.length + relation]!
        dKernel[at * bias.length + relation]! += value * feature
      }
      dLeft[subject * features.length + at]! += back
      dRight[object * features.length + at]! += back
    }
  }
  return [dLeft, dRight, dKernel, dBias]
}

function pairsOf(lengths: readonly number[]): { subject: number; object: number }[] {
  let start = 0
  return lengths.flatMap((length) => {
    const first = start
    start += length
    return Array.from({ length: length * length }, (_, pair) => ({
      subject: first + Math.floor(pair / length),
      object: first + (pair % length),
    }))
  })
}

function featuresOf({ left, right, kernel, bias }: PairNumbers, subject: number, object: number): Float64Array {
  const width = kernel.length / bias.length
  return Float64Array.from({ length: width }, (_, at) =>
    Math.max(0, left[subject * width + at]! + right[object * width + at]!),
  )
}
