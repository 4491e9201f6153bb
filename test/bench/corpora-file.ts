/** Generated corpora of any size as triple JSON: words and relation types as frequent as in real text, so that some are in most sentences. */
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import path from 'node:path'
import { createRandom, type Random } from '#main/models/shared/random'
import type { Split } from '#main/document/doc'

export interface CorpusFile {
  readonly split: Split
  readonly file: string
  readonly sentences: number
}

export const commonestWord = 'word0'
export const commonestRelation = 'relation0'

const vocabulary = 20_000
const relationTypes = 24
const shares = { train: 0.8, dev: 0.1, test: 0.1 } as const

/** Writes train.json, dev.json and test.json into a folder; the same for the same number. */
export async function writeCorpusFiles(folder: string, sentences: number): Promise<CorpusFile[]> {
  const files: CorpusFile[] = []
  for (const split of ['train', 'dev', 'test'] as const) {
    const count = Math.max(1, Math.round(sentences * shares[split]))
    const file = path.join(folder, `${split}.json`)
    await writeRecords(file, count, createRandom(1, sentences, files.length))
    files.push({ split, file, sentences: count })
  }
  return files
}

async function writeRecords(file: string, count: number, random: Random): Promise<void> {
  const stream = createWriteStream(file)
  for (let at = 0; at < count; at++) {
    const record = `${at === 0 ? '[' : ',\n'}${JSON.stringify(makeRecord(random, count))}`
    if (!stream.write(record)) await once(stream, 'drain')
  }
  stream.end(']\n')
  await once(stream, 'close')
}

/** Draws a rank from 0, each about as often as the word of this rank stands in real text (Zipf's law). */
function drawRank(random: Random, ranks: number): number {
  return Math.floor((ranks + 1) ** random.uniform()) - 1
}

function makeRecord(random: Random, count: number): { text: string; triple_list: string[][] } {
  const names = Array.from({ length: 2 + random.integer(3) }, () => {
    const rank = drawRank(random, Math.ceil(count / 4) + 10)
    return rank % 2 === 0 ? `Name${rank}` : `Name${rank} Surname${rank % 997}`
  })
  const words = names.flatMap((name) => [
    name,
    ...Array.from({ length: 3 + random.integer(6) }, () => `word${drawRank(random, vocabulary)}`),
  ])
  const pick = (): string => names[random.integer(names.length)] ?? ''
  const triples = Array.from({ length: random.integer(4) }, () => [
    pick(),
    `relation${drawRank(random, relationTypes)}`,
    pick(),
  ])
  return { text: `${words.join(' ')} .`, triple_list: triples }
}
