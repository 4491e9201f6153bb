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
    for (let at = 0; at < features.length; at++) {
      const feature = features[at]!
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
  const heldOf = new Map<string, Set<number>>()
  for (let at = 0; at < cells.length; at += 3) {
    const pair = `${cells[at]} ${cells[at + 1]}`
    heldOf.set(pair, (heldOf.get(pair) ?? new Set()).add(cells[at + 2]!))
  }
  let loss = 0
  const gradients = logits.map(({ subject, object, values }) => {
    const held = heldOf.get(`${subject} ${object}`)
    const gradientOf = (z: number, relation: number): number => {
      const y = held?.has(relation) ? 1 : 0
      loss += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - z * y
      return 1 / (1 + Math.exp(-z)) - y
    }
    return { subject, object, values: values.map(gradientOf) }
  })
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
    for (let relation = 0; relation < values.length; relation++) dBias[relation]! += values[relation]!
    for (let at = 0; at < features.length; at++) {
      const feature = features[at]!
      if (feature === 0) continue
      let back = 0
      for (let relation = 0; relation < values.length; relation++) {
        const value = values[relation]!
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
  const features = new Float64Array(width)
  for (let at = 0; at < width; at++)
    features[at] = Math.max(0, left[subject * width + at]! + right[object * width + at]!)
  return features
}
