/** Shapes of the weights of a BERT, with the names of Hugging Face folders. */
import type { BertSizes } from '#main/runs/config'

/** Shape of every weight by name; kernels are [output, input]. */
export function bertShapes({ vocabulary, width, layers, inner, positions, types }: BertSizes): Map<string, number[]> {
  const dense = (name: string, input: number, output: number): [string, number[]][] => [
    [`${name}.weight`, [output, input]],
    [`${name}.bias`, [output]],
  ]
  const norm = (name: string): [string, number[]][] => [
    [`${name}.LayerNorm.weight`, [width]],
    [`${name}.LayerNorm.bias`, [width]],
  ]
  return new Map([
    ['embeddings.word_embeddings.weight', [vocabulary, width]],
    ['embeddings.position_embeddings.weight', [positions, width]],
    ['embeddings.token_type_embeddings.weight', [types, width]],
    ...norm('embeddings'),
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
