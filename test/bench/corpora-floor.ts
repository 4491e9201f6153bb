/** The floor of an import: the same file through JSON.parse, and its rows into the same tables, by a script without any care. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { openWorkspace } from '#main/storage/workspace'
import type { CorpusFile } from './corpora-file.ts'

interface Record {
  readonly text: string
  readonly triple_list: readonly (readonly [string, string, string])[]
}

export function importByScript(folder: string, files: readonly CorpusFile[]): void {
  openWorkspace(folder).close() // makes tables and triggers
  const database = new Sqlite(path.join(folder, 'espalier.sqlite'))
  database.pragma('journal_mode = WAL')
  database.function('divided', (_text) => null) // the script is for languages that set words apart
  database.exec(`INSERT INTO corpus (name, labels, created_ms) VALUES ('bench', '{}', 0)`)
  const doc = database.prepare(
    `INSERT INTO doc (corpus_id, split, file, source_id, text, tokens) VALUES (1, ?, 'f', ?, ?, ?)`,
  )
  const sentence =
    database.prepare(`INSERT INTO sentence (doc_id, corpus_id, split, position, first_token, text, tokens,
    span_count, triple_count, overlap, ambiguous_anchors, repeated_triples) VALUES (?, 1, ?, ?, 0, ?, ?, ?, ?, 1, 0, 0)`)
  const span =
    database.prepare(`INSERT INTO span (sentence_id, position, span_id, start_token, end_token, label, origin,
    author) VALUES (?, ?, ?, ?, ?, 'Entity', 'gold', '')`)
  const relation = database.prepare(`INSERT INTO relation (sentence_id, position, relation_id, subject, type, object,
    origin, author) VALUES (?, ?, ?, ?, ?, ?, 'gold', '')`)
  const insert = (split: number, position: number, { text, triple_list: triples }: Record): void => {
    const tokens = JSON.stringify(
      Array.from(text.matchAll(/\S+/g), (word) => [word.index, word.index + word[0].length]).flat(),
    )
    const names = [...new Set(triples.flatMap(([subject, , object]) => [subject, object]))]
    const docId = doc.run(split, String(position), text, tokens).lastInsertRowid
    const counts = [names.length, triples.length]
    const sentenceId = sentence.run(docId, split, position, text, tokens, ...counts).lastInsertRowid
    names.forEach((name, at) => {
      const start = text.slice(0, text.indexOf(name)).split(' ').length - 1
      span.run(sentenceId, at, `s${at}`, start, start + name.split(' ').length)
    })
    triples.forEach(([subject, type, object], at) =>
      relation.run(sentenceId, at, `r${at}`, `s${names.indexOf(subject)}`, type, `s${names.indexOf(object)}`),
    )
  }
  for (const [split, { file }] of files.entries()) {
    const records = JSON.parse(readFileSync(file, 'utf8')) as Record[] // written by the bench
    database.transaction(() => records.forEach((record, at) => insert(split, at + 1, record)))()
  }
  database.close()
}
