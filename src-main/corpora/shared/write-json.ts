/** JSON that is written record by record, so that no file is held whole. */
import type { Json } from '#main/core/json'
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc } from '#main/document/annotated-doc'

/**
 * Writes an array of the records. `layout` is indented by four spaces, as Python's `json.dump(…, indent=4)` does, or has each
 * record on a line of its own.
 */
export async function writeJsonArray(
  docs: AsyncIterable<AnnotatedDoc>,
  recordsOf: (doc: AnnotatedDoc) => readonly Json[],
  sink: Sink,
  layout: 'indented' | 'record-per-line' = 'indented',
): Promise<void> {
  const textOf = (record: Json): string =>
    layout === 'indented' ? `    ${JSON.stringify(record, null, 4).replaceAll('\n', '\n    ')}` : JSON.stringify(record)
  let isFirst = true
  for await (const doc of docs) {
    const text = recordsOf(doc)
      .map((record) => {
        const before = isFirst ? '[\n' : ',\n'
        isFirst = false
        return `${before}${textOf(record)}`
      })
      .join('')
    if (text !== '') await sink.write(text)
  }
  await sink.write(isFirst ? '[]\n' : '\n]\n')
}

/** Writes each record as a line. */
export async function writeJsonLines(
  docs: AsyncIterable<AnnotatedDoc>,
  recordsOf: (doc: AnnotatedDoc) => readonly Json[],
  sink: Sink,
): Promise<void> {
  for await (const doc of docs) {
    const text = recordsOf(doc)
      .map((record) => `${JSON.stringify(record)}\n`)
      .join('')
    if (text !== '') await sink.write(text)
  }
}
