/** A place for the folder of a model: beside the one that an export of the workspace is offered. */
import { client } from '#window/client.ts'

/** @returns a whole path that ends in the name of the model; empty where no folder is known. */
export async function besideExport(name: string): Promise<string> {
  const offered = (await client.workspaces.places().catch(() => null))?.export ?? ''
  const folder = offered.replace(/[^\\/]+$/, '')
  return folder === '' ? '' : `${folder}${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}-model`
}
