/** Docs of a file of JSON records: one for each record that can be taken. */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { ReadDoc } from '../format.ts'
import type { TextInput } from '../text-input.ts'
import { readJsonRecords } from './json-records.ts'
import type { ProblemLog } from './problem-log.ts'

/**
 * Reads the records one by one; the log takes those that are rejected.
 * @param expected description of the records for a file that has none.
 * @param toDoc makes a doc of the record of this number. @throws RecordError when the record cannot be taken.
 */
export async function* readRecords(
  input: TextInput,
  expected: string,
  log: ProblemLog,
  toDoc: (value: Json, number: number) => AnnotatedDoc,
): AsyncGenerator<ReadDoc> {
  for await (const records of readJsonRecords(input, expected))
    for (const { number, value } of records) {
      const doc = log.record(number, () => toDoc(value(), number))
      if (doc) yield { doc, record: number }
    }
}
