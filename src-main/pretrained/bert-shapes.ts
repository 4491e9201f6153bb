/** Shapes of the weights of a BERT, with the names of Hugging Face folders. */
import type { BertSizes } from '#main/runs/config'

/** Shape of every weight by name; kernels are [output, input]. */
export function bertShapes(sizes: BertSizes): Map<string, number[]> {
  const { vocabulary, width, layers, inner, positions, types, firstPosition = 0, embedding = width } = sizes
  const dense = (name: string, input: number, output: number): [string, number[]][] => [
    [`${name}.weight`, [output, input]],
    [`${name}.bias`, [output]],
  ]
  const norm = (name: string, over = width): [string, number[]][] => [
    [`${name}.LayerNorm.weight`, [over]],
    [`${name}.LayerNorm.bias`, [over]],
  ]
  const table = (name: string, rows: number): [string, number[]][] =>
    rows === 0 ? [] : [[`embeddings.${name}_embeddings.weight`, [rows, embedding]]]
  return new Map([
    ...table('word', vocabulary),
    ...table('position', firstPosition + positions),
    ...table('token_type', types),
    ...norm('embeddings', embedding),
    ...(embedding === width ? [] : dense('embeddings_project', embedding, width)),
    ...Array.from({ length: layers }, (_, layer) => `encoder.layer.${layer}`).flatMap((layer) => [
      ...['query', 'key', 'value'].flatMap((part) => dense(`${layer}.attention.self.${part}`, width, width)),
      ...dense(`${layer}.attention.output.dense`, width, width),
      ...norm(`${layer}.attention.output`),
      ...dense(`${layer}.intermediate.dense`, width, inner),
      ...dense(`${layer}.output.dense`, inner, width),
      ...norm(`${layer}.output`),
    ]),
  ])
}
