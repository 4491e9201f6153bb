/** Docs → CoNLL04 in the layout of multi-head selection: "#doc" and rows for each sentence. */
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import { isJsonObject } from '../../shared/fields.ts'
import { flatMarks } from '../../shared/flat-spans.ts'
import { withoutSpace, writtenWords } from '../../shared/written-words.ts'
import { writePythonList } from './python-list.ts'

export async function writeMultihead(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  let number = 0
  for await (const doc of docs) {
    const texts = doc.sentences.flatMap(({ start, end }, at) =>
      start < end && doc.annotations[at] ? [sentenceText(doc, at, headerOf(doc) ?? `#doc ${++number}`)] : [],
    )
    if (texts.length > 0) await sink.write(texts.join(''))
  }
}

/** The line that the sentence had in its own file. */
export function headerOf({ sentences, sourceExtra }: AnnotatedDoc): string | null {
  const header = sentences.length === 1 && isJsonObject(sourceExtra) ? sourceExtra['doc'] : undefined
  return typeof header === 'string' && /^#doc(?:[ \t].{0,1000})?$/.test(header) ? header : null
}

function sentenceText(doc: AnnotatedDoc, at: number, header: string): string {
  const [sentence, annotation] = [doc.sentences[at], doc.annotations[at]]
  if (!sentence || !annotation) return ''
  const { spans, relations } = flatMarks(annotation)
  const words = writtenWords(doc, sentence)
  const tags = words.map(() => 'O')
  for (const { start, end, label } of spans) {
    tags.fill(`I-${withoutSpace(label)}`, start, end)
    tags[start] = `B-${withoutSpace(label)}`
  }
  const lastOf = (span: number): number => (spans[span]?.end ?? 1) - 1
  const rows = words.map((word, index) => {
    const own = relations.filter(({ subject }) => lastOf(subject) === index)
    const types = own.length === 0 ? ['N'] : own.map(({ type }) => type)
    const heads = own.length === 0 ? [index] : own.map(({ object }) => lastOf(object))
    return [index, word, tags[index] ?? 'O', writePythonList(types), writePythonList(heads)].join('\t')
  })
  return `${[header, ...rows].join('\n')}\n`
}
