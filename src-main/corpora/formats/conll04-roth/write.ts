/** Docs → CoNLL04 of Roth and Yih: a block of rows and a block of relations per sentence. */
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import { flatMarks } from '../../shared/flat-spans.ts'
import { withoutSpace, writtenWords } from '../../shared/written-words.ts'
import { joinWords } from './words.ts'

export async function writeRoth(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  let number = 0
  for await (const doc of docs) {
    const text = doc.sentences.map((_, at) => (hasWords(doc, at) ? sentenceText(doc, at, number++) : '')).join('')
    if (text !== '') await sink.write(text)
  }
}

function hasWords({ sentences, annotations }: AnnotatedDoc, at: number): boolean {
  return annotations[at] !== undefined && sentences[at]?.start !== sentences[at]?.end
}

function sentenceText(doc: AnnotatedDoc, at: number, number: number): string {
  const [sentence, annotation] = [doc.sentences[at], doc.annotations[at]]
  if (!sentence || !annotation) return ''
  const words = writtenWords(doc, sentence)
  const pos = doc.tokens.slice(sentence.start, sentence.end).map((token) => token.pos && withoutSpace(token.pos))
  const { spans, relations } = flatMarks(annotation)
  const rows: string[] = []
  const rowOfSpan: number[] = []
  const addRow = (start: number, end: number, label: string): number => {
    const cells = joinWords(words.slice(start, end), pos.slice(start, end), label !== 'O')
    return rows.push([number, label, rows.length, 'O', cells.pos, cells.words, 'O', 'O', 'O'].join('\t')) - 1
  }
  let border = 0
  for (const { start, end, label } of spans) {
    for (let word = border; word < start; word++) addRow(word, word + 1, 'O')
    rowOfSpan.push(addRow(start, end, withoutSpace(label)))
    border = end
  }
  for (let word = border; word < words.length; word++) addRow(word, word + 1, 'O')
  const joined = relations.map(({ subject, type, object }) =>
    [rowOfSpan[subject], rowOfSpan[object], withoutSpace(type)].join('\t'),
  )
  return `${[...rows, '', ...joined].join('\n')}\n\n`
}
