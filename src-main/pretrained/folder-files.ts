/** Files of a Hugging Face folder: which are needed, and errors about missing or wrong ones. */

/** Bytes by file name, without the folder's own name. */
export type FolderFiles = Readonly<Record<string, Uint8Array>>

/** Files that a folder needs; of each group the first that exists is used. */
export const bertFileNames = {
  needed: ['config.json'],
  tokenizer: ['tokenizer.json', 'vocab.txt'],
  optional: ['tokenizer_config.json'],
  weights: ['model.safetensors', 'model.safetensors.index.json'],
} as const

/** First bytes of the pointer that git leaves in place of a large file that was not fetched. */
const pointer = 'version https://git-lfs.github.com/spec/'

export function bytesOf(files: FolderFiles, name: string): Uint8Array {
  const bytes = files[name]
  if (!bytes) throw new Error(describeMissing(name))
  if (new TextDecoder().decode(bytes.subarray(0, pointer.length)) === pointer)
    throw new Error(`${name} is a Git LFS pointer, not the file itself: run "git lfs pull" in the folder`)
  return bytes
}

function describeMissing(name: string): string {
  const [single, index] = bertFileNames.weights
  if (name !== single && name.endsWith('.safetensors'))
    return `${name} is named by the index, ${index}, but missing: download it into the folder too`
  const wayOut =
    name === single
      ? 'only safetensors are read, no pickled weights (pytorch_model.bin): take a folder that has them'
      : 'take a folder as Hugging Face publishes it'
  return `The folder has no ${name}: ${wayOut}`
}

export function readJson(files: FolderFiles, name: string): object {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytesOf(files, name)))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Error(`${name} is not a JSON object`)
}
