/** The list of corpus formats. */
import type { CorpusFormat } from './format.ts'
import { brat } from './formats/brat/read.ts'
import { casrelJson } from './formats/casrel-json/read.ts'
import { conll } from './formats/conll/read.ts'
import { conll04Multihead } from './formats/conll04-multihead/read.ts'
import { conll04Roth } from './formats/conll04-roth/read.ts'
import { copyreNumeric } from './formats/copyre-numeric/read.ts'
import { doccano } from './formats/doccano/read.ts'
import { docred } from './formats/docred/read.ts'
import { dygie } from './formats/dygie/read.ts'
import { extractorResults } from './formats/extractor-results/read.ts'
import { graphml } from './formats/graphml/graphml.ts'
import { hrl } from './formats/hrl/read.ts'
import { huggingFace } from './formats/huggingface/huggingface.ts'
import { jsonl } from './formats/jsonl/jsonl.ts'
import { labelStudio } from './formats/label-studio/read.ts'
import { neo4jCsv } from './formats/neo4j/neo4j.ts'
import { plainText } from './formats/plain-text/read.ts'
import { pmeiLines } from './formats/pmei-lines/read.ts'
import { prodigy } from './formats/prodigy/read.ts'
import { nTriples, turtle } from './formats/rdf/rdf.ts'
import { sentText } from './formats/senttext/read.ts'
import { spoList } from './formats/spo-list/read.ts'
import { spacyJsonl } from './formats/spacy/spacy.ts'
import { spert } from './formats/spert/read.ts'
import { csv, tsv } from './formats/table/table.ts'
import { tacred } from './formats/tacred/read.ts'
import { uimaJson } from './formats/uima-json/read.ts'
import { webannoTsv } from './formats/webanno-tsv/read.ts'

/** Formats that are only written. */
const written: readonly CorpusFormat[] = [nTriples, turtle, graphml, neo4jCsv, huggingFace, spacyJsonl]

/** Every format, in the order in which they are asked whether a file is theirs. */
export const formats: readonly CorpusFormat[] = [
  webannoTsv,
  uimaJson,
  labelStudio,
  doccano,
  prodigy,
  extractorResults,
  jsonl,
  dygie,
  docred,
  tacred,
  copyreNumeric,
  spoList,
  spert,
  casrelJson,
  pmeiLines,
  sentText,
  hrl,
  conll04Multihead,
  conll04Roth,
  conll,
  brat,
  csv,
  tsv,
  plainText,
  ...written,
]

/** Every format, in the order in which they are shown: Espalier's own, then by title. */
export const listedFormats: readonly CorpusFormat[] = [
  jsonl,
  ...formats.filter((format) => format !== jsonl).toSorted((a, b) => a.title.localeCompare(b.title, 'en')),
]

export function findFormat(name: string): CorpusFormat | undefined {
  return formats.find((format) => format.name === name)
}
