/** A transformer encoder in float64, written from the papers, over plain arrays: rows of pieces by columns of states. */

type Matrix = readonly (readonly number[])[]

/** Values and shape of a weight of a folder, by the name that the folder has for it. */
export type WeightOf64 = (name: string) => { readonly shape: readonly number[]; readonly values: ArrayLike<number> }

/** The names of a layout; `layer` names what stands in a layer of that number. */
export interface Layout64 {
  readonly tables: readonly (readonly [name: string, rowOf: (place: number, id: number) => number])[]
  readonly embeddingNorm: string
  readonly projection?: string
  readonly layer: (layer: number) => Readonly<Record<'query' | 'key' | 'value' | 'out' | 'up' | 'down', string>> & {
    readonly attentionNorm: string
    readonly outputNorm: string
  }
}

interface Sizes64 {
  readonly layers: number
  readonly heads: number
  readonly epsilon: number
}

/** Hidden states of the last layer for one window of pieces without padding. */
export function encode64(ids: readonly number[], weightOf: WeightOf64, layout: Layout64, sizes: Sizes64): Matrix {
  const vector = (name: string): number[] => Array.from(weightOf(name).values)
  const matrix = (name: string): number[][] => {
    const { shape, values } = weightOf(name)
    const [rows = 0, columns = 0] = shape
    return Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => values[row * columns + column] ?? 0),
    )
  }
  const dense = (x: Matrix, name: string): number[][] => {
    const [kernel, bias] = [matrix(`${name}.weight`), vector(`${name}.bias`)]
    return x.map((row) => kernel.map((weights, out) => dot(row, weights) + (bias[out] ?? 0)))
  }
  const norm = (x: Matrix, name: string): number[][] => {
    const [scale, shift] = [vector(`${name}.weight`), vector(`${name}.bias`)]
    return x.map((row) => {
      const mean = row.reduce((sum, value) => sum + value, 0) / row.length
      const spread = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length
      return row.map(
        (value, at) => ((value - mean) / Math.sqrt(spread + sizes.epsilon)) * (scale[at] ?? 0) + (shift[at] ?? 0),
      )
    })
  }
  const tables = layout.tables.map(([name, rowOf]) => [matrix(name), rowOf] as const)
  const embedded = ids.map((id, place) =>
    tables.map(([rows, rowOf]) => rows[rowOf(place, id)] ?? []).reduce((sum, row) => add(sum, row)),
  )
  let states: Matrix = norm(embedded, layout.embeddingNorm)
  if (layout.projection) states = dense(states, layout.projection)
  for (let at = 0; at < sizes.layers; at++) {
    const names = layout.layer(at)
    const [query, key, value] = [dense(states, names.query), dense(states, names.key), dense(states, names.value)]
    const width = (query[0]?.length ?? 0) / sizes.heads
    const context = query.map((ofPiece) =>
      Array.from({ length: sizes.heads }, (_, head) => {
        const part = (row: readonly number[]): readonly number[] => row.slice(head * width, (head + 1) * width)
        const weights = softmax(key.map((other) => dot(part(ofPiece), part(other)) / Math.sqrt(width)))
        return part(value[0] ?? []).map((_, column) =>
          weights.reduce((sum, weight, other) => sum + weight * (part(value[other] ?? [])[column] ?? 0), 0),
        )
      }).flat(),
    )
    const middle = norm(addAll(states, dense(context, names.out)), names.attentionNorm)
    const inner = dense(middle, names.up).map((row) => row.map(gelu))
    states = norm(addAll(middle, dense(inner, names.down)), names.outputNorm)
  }
  return states
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)
const add = (a: readonly number[], b: readonly number[]): number[] => a.map((value, at) => value + (b[at] ?? 0))
const addAll = (a: Matrix, b: Matrix): number[][] => a.map((row, at) => add(row, b[at] ?? []))

function softmax(logits: readonly number[]): number[] {
  const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)))
  return powers.map((power) => power / powers.reduce((sum, one) => sum + one, 0))
}

/** x times the share of a standard normal below x, by integration (Simpson's rule). */
function gelu(x: number): number {
  const steps = 400
  const density = (at: number): number => Math.exp((-at * at) / 2) / Math.sqrt(2 * Math.PI)
  let sum = density(0) + density(x)
  for (let step = 1; step < steps; step++) sum += (step % 2 === 1 ? 4 : 2) * density((x * step) / steps)
  return x * (0.5 + (x / steps / 3) * sum)
}
