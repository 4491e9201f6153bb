/** Label Studio: tasks with the annotations of several people and the predictions of models, regions by offsets (formats.md 3.10). */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import { isJsonObject, type JsonObject } from '../../shared/fields.ts'
import { readRecords } from '../../shared/read-records.ts'
import { buildLayeredDoc, type LayeredText } from '../../shared/layered-doc.ts'
import { logOfRecord, noMarks, type RecordLog } from '../../shared/marks.ts'
import { chooseOffsets } from '../../shared/offset-choice.ts'
import type { OffsetUnit } from '../../shared/offset-units.ts'
import { createTextRules } from '../../shared/text-rules.ts'
import type { TextInput } from '../../text-input.ts'
import { countLosses } from './losses.ts'
import { marksOf, type MarkContext } from './marks.ts'
import { asTask, regionsKey } from './minimal.ts'
import { privateOf } from './private.ts'
import { mainOf, readTask, type Statement, type Task } from './task.ts'
import { writeLabelStudio } from './write.ts'

export const labelStudio: CorpusFormat = {
  name: 'label-studio',
  title: 'Label Studio JSON',
  extensions: ['.json', '.jsonl'],
  keeps: [
    'the text',
    'spans by characters',
    'relations',
    'annotations of several people',
    'predictions with their scores',
    'results of other kinds and further keys as they stand',
  ],
  settings: ['offsetUnit', 'sentencePerLine', 'language', 'han'],
  recognize({ json }) {
    for (const [index, record] of (json?.records ?? []).entries()) {
      const key = ['annotations', 'completions', 'predictions'].find((name) => Array.isArray(record[name]))
      if (key !== undefined && isJsonObject(record['data'])) return `"${key}" beside "data" in record ${index + 1}`
      if (regionsKey(record) !== null)
        return `"${regionsKey(record)}" with "start", "end" and "labels" in record ${index + 1}, as JSON_MIN has`
    }
    return null
  },
  read,
  writer: { layout: 'folder', countLosses, write: writeLabelStudio },
}

async function* read(input: TextInput, { log, settings }: ReadContext): AsyncGenerator<ReadDoc> {
  const rulesFor = createTextRules(settings)
  let usual: OffsetUnit = settings.offsetUnit === 'utf-16' ? 'UTF-16 units' : 'code points'
  let minimal = 0
  yield* readRecords(input, 'tasks of Label Studio: {"data", "annotations"}', log, (value, number) => {
    const { task, isMinimal } = taskOf(value)
    if (isMinimal) minimal++
    const { textKey, text } = textOf(task)
    const regions = task.statements.flatMap(({ result }) => result.regions)
    const { unit, toCodePoints } = chooseOffsets(text, regions, usual)
    if (settings.offsetUnit === undefined) usual = unit
    if (unit === 'UTF-16 units') log.change('utf16', number)
    const context = { text, toCodePoints, author: input.name, log: logOfRecord(log, number) }
    return toDoc(task, textKey, `${input.name}#${number}`, context, {
      rules: rulesFor(text),
      sentencePerLine: settings.sentencePerLine,
    })
  })
  if (minimal > 0)
    log.note(null, 'this is JSON_MIN, an export of Label Studio that has no relations: export JSON to have them')
}

function taskOf(value: Json): { readonly task: Task; readonly isMinimal: boolean } {
  const key = isJsonObject(value) ? regionsKey(value) : null
  const isMinimal = key !== null && isJsonObject(value)
  return { task: readTask(isMinimal ? asTask(value, key) : value), isMinimal }
}

/** The text that the regions are of: "text" by usage, else the one whose parts are those that the regions repeat. */
function textOf({ texts, statements }: Task): { readonly textKey: string; readonly text: string } {
  const said = statements.flatMap(({ result }) => result.regions.flatMap(({ text }) => text ?? []))
  const matches = ([, text]: readonly [string, string]): boolean => said.every((part) => text.includes(part))
  const all = [...texts].toSorted(([a], [b]) => Number(b === 'text') - Number(a === 'text'))
  const [textKey = '', text = ''] = all.find(matches) ?? all[0] ?? []
  return { textKey, text }
}

function toDoc(
  task: Task,
  textKey: string,
  defaultId: string,
  context: MarkContext & { readonly text: string; readonly log: RecordLog },
  splitting: Pick<LayeredText, 'rules' | 'sentencePerLine'>,
): AnnotatedDoc {
  const main = mainOf(task.statements)
  const others = task.statements.filter((statement) => statement !== main)
  if (others.some(({ kind }) => kind === 'annotator')) context.log.change('annotators')
  context.log.change('otherResults', countOthers(task.statements))
  context.log.change('cancelled', task.cancelled.length)
  const extra: JsonObject = { ...task.extra, labelStudio: privateOf(task, main, textKey) }
  return buildLayeredDoc(
    {
      ...{ id: task.id ?? defaultId, text: context.text, ...splitting, extra },
      main: main ? marksOf(main, context) : noMarks,
      others: others.map((statement) => ({
        ...{ name: statement.name, kind: statement.kind, marks: marksOf(statement, context) },
      })),
    },
    context.log,
  )
}

function countOthers(statements: readonly Statement[]): number {
  return statements.reduce((sum, { result }) => sum + result.others.length, 0)
}
