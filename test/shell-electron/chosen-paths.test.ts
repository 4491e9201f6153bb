/** The page names only places that a person chose: found in the inputs of every procedure. */
import { homedir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract } from '#main/api/contract'
import type { Handlers } from '#main/api/handlers'
import {
  createChosenPaths,
  forChosenPaths,
  pathFields,
  pathsIn,
  workspaceFields,
} from '#main/shell-electron/chosen-paths'

describe('the places that an input names', () => {
  it('are found wherever they stand in it', () => {
    const input = {
      corpus: 'path',
      files: [{ file: { path: '/a/b', name: 'path' } }, { file: { uploadId: '/no' } }],
      encoder: { folder: '~/bert', isFrozen: true },
      vectors: 'english',
      from: '/c',
    }
    expect(pathsIn(input, pathFields)).toEqual(['/a/b', path.join(homedir(), 'bert')])
    expect(pathsIn({ vectors: 'dir/glove.txt' }, pathFields)).toEqual([path.resolve('dir/glove.txt')])
    expect(pathsIn({ from: '/c', into: '/d/../e' }, [...pathFields, ...workspaceFields])).toEqual(['/c', '/e'])
  })

  it('stand in fields that are guarded, in every procedure of the contract', () => {
    const known = [...pathFields, ...workspaceFields]
    const names = Object.entries(contract).flatMap(([noun, verbs]) =>
      Object.entries(verbs).flatMap(([verb, procedure]) => {
        const { inputSchema } = (procedure as { '~orpc': { inputSchema?: z.ZodType } })['~orpc']
        if (!inputSchema) return []
        const schema = JSON.stringify(z.toJSONSchema(inputSchema, { io: 'input', unrepresentable: 'any' }))
        const fields = [...schema.matchAll(/"(\w+)":\{"type":"string"/g)].map(([, field = '']) => field)
        return fields
          .filter((field) => /path|file|folder|place|dir/i.test(field))
          .map((field) => [field, `${noun}.${verb}`])
      }),
    )
    expect(names.filter(([field = '']) => !known.includes(field))).toEqual([['file', 'corpora.problems']]) // a name to filter by
    expect(names.length).toBeGreaterThan(10)
  })
})

describe('calls of the page', () => {
  const asked: string[] = []
  const reached: unknown[] = []
  const check = async (input: unknown) => void reached.push(input)
  const places = async () => ({ backup: '/beside/backup', export: '/beside/export' })
  const handlers = { models: { check }, workspaces: { places, backUp: check } } as unknown as Handlers
  const chosen = createChosenPaths()
  const guarded = forChosenPaths(handlers, chosen, async (named) => asked.push(named) > 1)

  it('reach the services when a person chose the place, or allows it', async () => {
    await expect(guarded.models.check({ path: '/model' })).rejects.toThrow('/model was not allowed.')
    expect(reached).toEqual([])
    await guarded.models.check({ path: '/model' })
    await guarded.models.check({ path: '/model/part' }) // below what was allowed
    expect(asked).toEqual(['/model', '/model'])
    expect(chosen.has('/modelling')).toBe(false)
    expect(reached).toHaveLength(2)
  })

  it('may name the new places that the program offers', async () => {
    await guarded.workspaces.places()
    asked.length = 0
    await guarded.workspaces.backUp({ place: '/beside/backup', taskId: 'x' })
    expect(asked).toEqual([])
    await expect(guarded.workspaces.backUp({ place: '/beside', taskId: 'x' })).rejects.toThrow(
      '/beside was not allowed.',
    )
  })
})
