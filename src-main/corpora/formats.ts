/** The list of corpus formats, and how a file's format is found. */
import type { CorpusFormat } from './format.ts'
import { casrelJson } from './formats/casrel-json/read.ts'
import { jsonl } from './formats/jsonl/jsonl.ts'
import { plainText } from './formats/plain-text/read.ts'
import { pmeiLines } from './formats/pmei-lines/read.ts'

/** Every format, the most specific first: recognition asks them in this order. */
export const formats: readonly CorpusFormat[] = [jsonl, casrelJson, pmeiLines, plainText]

export function findFormat(name: string): CorpusFormat | undefined {
  return formats.find((format) => format.name === name)
}

/** The first format that knows the file, with its reason; null when none does. */
export function recognizeFormat(fileName: string, text: string): { format: CorpusFormat; evidence: string } | null {
  for (const format of formats) {
    const evidence = format.recognize(fileName, text)
    if (evidence) return { format, evidence }
  }
  return null
}
