/** espalier model onnx: the model of a folder as a graph that ONNX Runtime computes, with a program in Python beside it. */
import path from 'node:path'
import type { Command } from 'commander'
import { openModelFolder } from '#main/model-folder/model-folder'
import { exportOnnx } from '#main/services/models/export-onnx'
import type { GlobalOptions } from '../session.ts'

export function addOnnx(command: Command): void {
  command
    .command('onnx')
    .description('write the model of a folder for ONNX Runtime, with a program in Python that extracts with it')
    .argument('<folder>', 'folder that "espalier model export" wrote')
    .argument('<place>', 'folder to write, or file that ends in .zip')
    .action(async (folder: string, place: string, _: object, self: Command) => {
      const { json } = self.optsWithGlobals<GlobalOptions>()
      const written = await exportOnnx(await openModelFolder(folder), path.resolve(place))
      for (const note of written.notes) process.stderr.write(`${note}\n`)
      process.stdout.write(
        json
          ? `${JSON.stringify(written, null, 2)}\n`
          : `Wrote ${place}, ${(written.bytes / 1e6).toFixed(1)} MB. Try it: python ${path.join(place, 'extract.py')} --check\n`,
      )
    })
}
