/** Docs → a folder of brat: a text and its annotations for each, and annotation.conf. Lines of brat that nothing changed stay as they stand. */
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import { isJsonObject } from '../../shared/fields.ts'
import { createFileNames } from '../../shared/file-names.ts'
import { createConf } from './conf.ts'
import { itemsOf, type Items } from './items.ts'
import { mergeLines } from './merge.ts'
import { noteLine, relationLine, spanLine } from './standoff.ts'

export async function writeBrat(docs: AsyncIterable<AnnotatedDoc>, labels: LabelSet, sink: Sink): Promise<void> {
  const nameOf = createFileNames()
  const conf = createConf(labels)
  for await (const doc of docs) {
    const name = nameOf(doc.id, /\.(?:txt|ann)$/i)
    const ann = annOf(doc)
    conf.add(ann)
    await sink.beside(`${name}.txt`).write(doc.text)
    await sink.beside(`${name}.ann`).write(ann)
  }
  await sink.beside('annotation.conf').write(conf.text())
}

/** The .ann of a Doc. */
export function annOf(doc: AnnotatedDoc): string {
  const source = sourceAnn(doc)
  return source === null ? plainLines(itemsOf(doc, new Set())).join('') : mergeLines(doc, source).text
}

/** The .ann that the Doc was read from; null where it is as a Doc of these items is written, or of another format. */
export function sourceAnn({ sourceExtra }: AnnotatedDoc): string | null {
  const own = isJsonObject(sourceExtra) ? sourceExtra['brat'] : undefined
  const ann = isJsonObject(own) ? own['ann'] : undefined
  return typeof ann === 'string' ? ann : null
}

function plainLines({ spans, relations }: Items): string[] {
  const notes = [...spans, ...relations].flatMap(({ id, note }) => (note === '' ? [] : [{ id, note }]))
  return [
    ...spans.map(({ id, type, start, end, text }) => spanLine(id, type, { start, end }, text)),
    ...relations.map(({ id, type, subject, object }) => relationLine(id, type, subject, object)),
    ...notes.map(({ id, note }, index) => noteLine(index + 1, id, note)),
  ].map((line) => `${line}\n`)
}
