/** Published figures, from the file that comes with the program. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { PublishedFigures } from '#main/comparison/published'
import { findResources } from '../system/resources.ts'

export async function readPublished(): Promise<PublishedFigures> {
  const text = await readFile(path.join(findResources(''), 'published-figures.json'), 'utf8')
  return JSON.parse(text) as PublishedFigures // comes with the program
}
