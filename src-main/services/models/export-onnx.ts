/** The model of a folder as an ONNX graph, in a folder of its own with a program in Python that extracts with it. */
import { copyFile, open } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '#main/core/errors'
import { writeNewPlace } from '#main/files/new-place'
import { readOwnPackage } from '#main/machine/own-package'
import type { ModelFolder } from '#main/model-folder/model-folder'
import { onnxFiles } from '#main/onnx/onnx-files'
import { familyName, isPmei } from '#main/runs/families/families'
import { thresholdsOf } from '#main/runs/run'
import { findResources } from '../system/resources.ts'
import { modelOf } from '../runs/stored-model.ts'

export interface OnnxExport {
  readonly path: string
  readonly bytes: number
  /** Things to know before the graph is used. */
  readonly notes: readonly string[]
}

/** @throws AppError for a model that has no graph, and when something is at the place already. */
export async function exportOnnx(model: ModelFolder, place: string): Promise<OnnxExport> {
  const { checkpoint, encoder, facts } = model
  const { run } = facts
  const config = modelOf(checkpoint)
  if (!isPmei(config))
    throw new AppError(
      'invalid-input',
      `${run.name} is of the family ${familyName(config)}, and only models of PMEI are exported as ONNX graphs. Export it as a model folder, which Espalier reads anywhere.`,
    )
  const thresholds = thresholdsOf(run)
  const { version } = readOwnPackage()
  const vectors = model.vectors && (await model.vectors.of(model.vectors.words))
  const files = onnxFiles(
    { config, checkpoint, encoder, vectors, version },
    {
      name: run.name,
      threshold: thresholds.usual,
      thresholds: thresholds.byRelation,
      splitting: run.data.splitting ?? null,
      selfCheck: facts.selfCheck,
    },
  )
  const written = await writeNewPlace(place, async (folder) => {
    for (const [name, pieces] of files) await writePieces(path.join(folder, name), pieces)
    for (const name of ['extract.py', 'README.md'])
      await copyFile(path.join(findResources('onnx'), name), path.join(folder, name))
  })
  return { path: written.place, bytes: written.bytes, notes: notesOn(model) }
}

async function writePieces(file: string, pieces: readonly Uint8Array[]): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    for (const piece of pieces) await handle.write(piece)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function notesOn({ facts: { run, unseenWords } }: ModelFolder): string[] {
  return [
    ...(run.config.training.readsWith === 'sample'
      ? ['This run draws from its stochastic maps when it reads; the graph takes their mean.']
      : []),
    ...(unseenWords === 'unknown' || unseenWords === 'english'
      ? [
          run.config.vectors
            ? 'Words that training has not seen share one vector. Export the model with --vectors all to take those of the file along.'
            : 'Words that training has not seen share one vector: the run began from no file of word vectors that could tell them apart.',
        ]
      : []),
  ]
}
