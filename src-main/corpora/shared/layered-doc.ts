/** An AnnotatedDoc from the marks of one or several annotators of a text; the first is the main annotation. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Layer } from '#main/document/layer'
import type { JsonObject } from './fields.ts'
import { buildMarkedDoc, type MarkedText } from './marked-doc.ts'
import type { Marks, RecordLog } from './marks.ts'
import { withUnplaced } from './unplaced.ts'

export interface LayeredText extends Omit<MarkedText, 'layers'> {
  readonly id: string
  readonly main: Marks
  /** Others than the main annotation; their names differ. */
  readonly others?: readonly (Layer & { readonly marks: Marks })[]
  /** Keys of the file beyond the marks. */
  readonly extra?: JsonObject
}

export function buildLayeredDoc(
  { id, main, others = [], extra = {}, ...given }: LayeredText,
  log: RecordLog,
): AnnotatedDoc {
  const { tokens, sentences, layers } = buildMarkedDoc(
    { ...given, layers: [main, ...others.map(({ marks }) => marks)] },
    log,
  )
  const [first, ...further] = layers
  const sourceExtra = withUnplaced(
    extra,
    new Map(layers.map((layer, at) => [at === 0 ? '' : (others[at - 1]?.name ?? ''), layer])),
  )
  return {
    ...{ id, text: given.text, tokens, sentences, annotations: first?.annotations ?? [] },
    ...(!given.tokens && { splitting: given.rules.splitting }),
    ...(further.length > 0 && {
      layers: others.map(({ name, kind }, at) => ({ name, kind, annotations: further[at]?.annotations ?? [] })),
    }),
    ...(Object.keys(sourceExtra).length > 0 && { sourceExtra }),
  }
}
